// Makes a HAR file of what Chromium reports over its DevTools protocol: messages as JSON come in, the archive goes out.

import { readFileSync } from "node:fs";
import { harFromMessages } from "chrome-har";

const messages = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(harFromMessages(messages, { includeTextFromResponseBody: true })));
