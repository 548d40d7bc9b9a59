// Checks rendered manifests against Kubernetes' schema: node check.mjs FOLDER
// The validators of kubernetes-models find wrong types, missing fields and unknown kinds; its types, under tsc, unknown
// fields. Each file of the folder is what helm template printed. Prints one line for each mistake and exits with 1.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const problems = [];

const operators = { 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator' };
const model = ({ apiVersion, kind }) => `${operators[apiVersion.split('/')[0]] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;

async function validate(object) {
  const module = await import(model(object));
  new module[object.kind](object).validate();
}

// The checks must find what is wrong, or they are worth nothing.
const unknownField = { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicaz: 1 } };
const wrongType = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 'http' }] } };
if (await validate(wrongType).then(() => true, () => false)) problems.push('The validators accept a port that is no number.');

const lines = [];
function add(object, where, expectError) {
  const n = lines.length;
  const error = expectError ? '// @ts-expect-error\n' : '';
  lines.push({ where, text: `import type { I${object.kind} as T${n} } from "${model(object)}";\n${error}export const m${n}: T${n} = ${JSON.stringify(object)};\n` });
}

add(unknownField, 'self-check: replicaz is accepted', true);
let count = 0;
for (const file of readdirSync(process.argv[2]).filter(name => name.endsWith('.yaml'))) {
  for (const document of parseAllDocuments(readFileSync(path.join(process.argv[2], file), 'utf8'))) {
    const object = document.toJSON();
    if (!object) continue;
    const where = `${file}: ${object.kind} ${object.metadata?.name}`;
    for (const error of document.errors) problems.push(`${where}: ${error.message}`);
    count++;
    await validate(object).then(() => add(object, where), error => problems.push(`${where}: ${error.message}`));
  }
}

if (count === 0) problems.push('There is nothing to check.');

mkdirSync(path.join(here, 'node_modules/.check'), { recursive: true });
const folder = mkdtempSync(path.join(here, 'node_modules/.check/'));
try {
  const source = path.join(folder, 'manifests.mts');
  writeFileSync(source, lines.map(line => line.text).join(''));
  const tsc = path.join(here, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--pretty', 'false', source];
  const result = spawnSync(process.execPath, [tsc, ...options], { encoding: 'utf8', cwd: folder });
  // Three source lines stand for the self-check, two for each document.
  for (const [, line, message] of result.stdout.matchAll(/manifests\.mts\((\d+),\d+\): (.*)/g)) {
    const index = Number(line) <= 3 ? 0 : 1 + Math.floor((Number(line) - 4) / 2);
    problems.push(`${lines[index].where}: ${message}`);
  }

  if (result.status !== 0 && problems.length === 0) problems.push(`tsc: ${result.stdout}${result.stderr}`);
} finally {
  rmSync(folder, { recursive: true });
}

for (const problem of problems) console.log(problem);
if (problems.length === 0) console.log(`${count} objects are as Kubernetes expects them.`);
process.exitCode = problems.length === 0 ? 0 : 1;
