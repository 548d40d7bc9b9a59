// @anycable/core with AnyCable's extended protocol: sessions that are restored, and history.
import { createCable } from '@anycable/core'
import WebSocket from 'ws'
import { Journal, command, key, report, url } from './simulator.mjs'

const never = 1_000_000_000

function observe(roomId, apiKey = key) {
  const journal = new Journal()
  const cable = createCable(`${url.replace('http', 'ws')}/rt?room_id=${roomId}`, {
    protocol: 'actioncable-v1-ext-json',
    websocketImplementation: WebSocket,
    websocketOptions: { headers: { Authorization: apiKey } },
    reconnectStrategy: () => never, // the conversation says when
    historyTimestamp: false, // history by position only
    logLevel: 'error'
  })
  cable.on('connect', ({ reconnect, restored }) => journal.add('connected', { reconnect, restored }))
  cable.on('disconnect', error => journal.add('disconnected', { reason: error?.reason }))
  cable.on('close', error => journal.add('closed', { reason: error?.reason }))

  const channel = cable.subscribeTo('RoomChannel')
  channel.on('connect', ({ restored }) => journal.add('subscribed', { restored: !!restored }))
  channel.on('info', ({ type }) => journal.add('info', { type }))
  channel.on('message', (message, meta) => journal.add('message', { message, meta }))
  return { cable, journal }
}

const chat = content => command('/rooms/main/chat', { content, userId: 'alice' })

await report(async () => {
  const seen = {}
  const { cable, journal } = observe('main')
  seen.connected = await journal.next('connected')
  seen.protocol = cable.transport.ws.protocol
  await journal.next('subscribed')
  seen.state = await journal.message('room_update')
  seen.sid = cable.sessionId
  await chat('live')
  seen.live = await journal.message('chat')

  async function away(...contents) {
    await command('/rooms/main/drop', { by: 'fin' })
    await journal.next('disconnected')
    for (const content of contents) await chat(content)
    await cable.connect()
    const connected = await journal.next('connected')
    const history = await journal.next('info')
    const missed = journal.entries.filter(entry => entry.kind === 'message')
    journal.entries = journal.entries.filter(entry => entry.kind !== 'message')
    return { connected, history, sid: cable.sessionId, missed }
  }

  seen.restored = await away('missed 1', 'missed 2')
  await chat('live again')
  seen.liveAgain = await journal.message('chat')

  await command('/rooms/main/faults', { forgetSessions: true }, 'PATCH')
  seen.resubscribed = await away('missed 3')

  await command('/rooms/main/faults', { historyOverlap: 2 }, 'PATCH')
  seen.overlapped = await away('missed 4')
  await command('/rooms/main/faults', {}, 'DELETE')

  await command('/forget')
  seen.forgotten = await away('lost')

  await command('/rooms/main/disconnect', { reason: 'server_restart', reconnect: true })
  seen.restart = await journal.next('disconnected')
  await cable.connect()
  seen.afterRestart = await journal.next('connected')

  const unauthorized = observe('main', 'wrong-key')
  seen.unauthorized = await unauthorized.journal.next('closed')

  await command('/rooms/main/shutdown')
  seen.shutdown = await journal.next('message', entry => entry.message.content?.shutdown)
  await journal.next('disconnected')
  cable.connect().catch(() => {})
  seen.end = await journal.next('closed')
  return seen
})
