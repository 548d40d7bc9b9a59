// Eyeson's own SDK with a permalink: a guest waits, the host starts, the meeting is locked and ends, the permalink expires.

import './browser.mjs'
import { createRequire } from 'node:module'
import { Journal, command, report, url } from './simulator.mjs'

const { default: eyeson } = createRequire(import.meta.url)('eyeson')

await report(async () => {
  const journal = new Journal()
  eyeson.config.verbose = false
  eyeson.config.api = url
  eyeson.onEvent(event => journal.add(event.type, { event }))

  const take = async (type, where) => (await journal.next(type, entry => !where || where(entry.event))).event
  const denied = () => take('connection', event => event.connectionStatus === 'access_denied')
  const info = token => eyeson.send({ type: 'request_permalink_meeting_info', api: url, token })
  const guest = token =>
    eyeson.send({ type: 'request_guest_user', api: url, name: 'Ada', email: 'ada@example.com', token, locale: 'de' })

  const { id, guestToken, userTokens } = await command('/permalinks', { name: 'Weekly', roomId: 'weekly' })
  const seen = {}

  const asked = Date.now()
  info(guestToken)
  seen.waiting = await take('permalink_meeting_info')
  guest(guestToken)
  seen.guestTooEarly = await take('error')
  eyeson.connectPermalink(userTokens[0])
  seen.ready = await take('permalink_ready')
  await denied() // what the SDK does next, taking the seat, is beyond the simulator
  seen.started = await take('permalink_meeting_info', event => event.room.started_at !== null)
  seen.polls = (await command('', {}, 'GET')).restRequests[`/permalink/${guestToken}`]
  seen.waited = Date.now() - asked

  guest(guestToken)
  seen.guest = await take('guest_user')
  await command('/rooms/weekly/lock')
  guest(guestToken)
  seen.locked = await take('error')
  info(userTokens[0])
  seen.asHost = await take('permalink_meeting_info')

  await command(`/permalinks/${id}/end`)
  guest(guestToken)
  seen.over = await take('error')
  eyeson.connectPermalink(userTokens[0])
  seen.readyAgain = await take('permalink_ready')
  await denied()

  await command(`/permalinks/${id}/expire`)
  info(guestToken)
  seen.expired = await take('error')
  eyeson.connectPermalink(userTokens[0])
  seen.denied = await denied()
  seen.readyAfterExpiry = journal.entries.some(entry => entry.kind === 'permalink_ready')
  info('nobodyknowsthis')
  seen.unknown = await take('error')
  return seen
})
