// Parses the AsyncAPI document that is named and prints what the parser found, and what is in it, as JSON.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify({
  diagnostics: diagnostics.map(({ code, message, path, severity }) => ({ code, message, path: path.join("/"), severity })),
  channels: document?.channels().all().map((channel) => channel.id()),
  operations: document?.operations().all().map((operation) => operation.id()),
  messages: document?.components().messages().all().map((message) => message.id()),
}));
