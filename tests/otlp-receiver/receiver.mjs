// An OTLP receiver on free ports of 127.0.0.1. Prints "ready HTTP-PORT GRPC-PORT"; ends when standard input closes.

import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

const say = console.log
console.log = console.error // standard output is for the one line
process.stdin.resume().on('end', () => process.exit(0))

const [http, grpc] = [await freePort(), await freePort()]
const cli = fileURLToPath(new URL('node_modules/autotel-devtools/dist/cli.js', import.meta.url))
process.argv = [process.argv[0], cli, '--host', '127.0.0.1', '--port', String(http), '--grpc-port', String(grpc)]
await import(cli)

for (let left = 200; left > 0; left--) {
  const answer = await fetch(`http://127.0.0.1:${http}/healthz`).catch(() => undefined)
  if (answer?.ok) break
  await new Promise((resolve) => setTimeout(resolve, 50))
}
say(`ready ${http} ${grpc}`)
