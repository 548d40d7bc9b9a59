// Drives the simulator and collects what a client reports, so that a script reads as a conversation.

const patience = 20_000

export const url = process.argv[2]
export const key = 'demo-key'

export async function command(path, body = {}, method = 'POST') {
  const response = await fetch(`${url}/simulator${path}`, { method, body: method === 'GET' ? undefined : JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** What happened, in order; `next` waits for the first entry not yet taken that matches. */
export class Journal {
  entries = []
  #waiting = []

  add(kind, detail = {}) {
    const entry = { kind, ...detail }
    const index = this.#waiting.findIndex(waiting => waiting.matches(entry))
    if (index < 0) this.entries.push(entry)
    else this.#waiting.splice(index, 1)[0].resolve(entry)
  }

  next(kind, where = () => true) {
    const matches = entry => entry.kind === kind && where(entry)
    const index = this.entries.findIndex(matches)
    if (index >= 0) return Promise.resolve(this.entries.splice(index, 1)[0])

    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no '${kind}' came; there were ${JSON.stringify(this.entries)}`)), patience)
      this.#waiting.push({ matches, resolve: entry => { clearTimeout(timer); resolve(entry) } })
    })
  }

  message(type) {
    return this.next('message', entry => entry.message.type === type)
  }
}

/** Runs the conversation; its result is printed as one line of JSON. */
export async function report(conversation) {
  try {
    console.log(JSON.stringify(await conversation()))
    process.exit(0)
  } catch (error) {
    console.error(error.stack)
    process.exit(1)
  }
}
