// @anycable/core in its default mode, as Eyeson's page about the observer shows it.
import { createCable } from '@anycable/core'
import WebSocket from 'ws'
import { Journal, command, key, report, url } from './simulator.mjs'

function observe(roomId, apiKey = key) {
  const journal = new Journal()
  const cable = createCable(`${url.replace('http', 'ws')}/rt?room_id=${roomId}`, {
    websocketImplementation: WebSocket,
    websocketOptions: { headers: { Authorization: apiKey } },
    reconnectStrategy: () => 20,
    logLevel: 'error'
  })
  cable.on('connect', ({ reconnect }) => journal.add('connected', { reconnect }))
  cable.on('disconnect', error => journal.add('disconnected', { reason: error?.reason }))
  cable.on('close', error => journal.add('closed', { reason: error?.reason }))
  cable.on('keepalive', ping => ping && journal.add('ping', { ping }))

  const channel = cable.subscribeTo('RoomChannel')
  channel.on('connect', () => journal.add('subscribed'))
  channel.on('close', error => journal.add('rejected', { error: error?.name }))
  channel.on('message', message => journal.add('message', { message }))
  return { cable, journal }
}

await report(async () => {
  const seen = {}
  const { cable, journal } = observe('main')
  seen.connected = await journal.next('connected')
  seen.protocol = cable.transport.ws.protocol
  await journal.next('subscribed')
  seen.state = (await journal.message('room_update')).message
  seen.ping = (await journal.next('ping')).ping

  await command('/rooms/main/chat', { content: 'Hello', userId: 'alice' })
  seen.chat = (await journal.message('chat')).message

  await command('/rooms/main/frame', {
    text: '{"identifier":"{\\"channel\\":\\"RoomChannel\\"}","message":{"type":"in_pieces"}}',
    fragments: 4
  })
  seen.inPieces = (await journal.message('in_pieces')).message

  await command('/rooms/main/disconnect', { reason: 'server_restart', reconnect: true })
  seen.restart = await journal.next('disconnected')
  seen.afterRestart = await journal.next('connected')
  seen.stateAfterRestart = (await journal.message('room_update')).message

  for (const by of ['fin', 'rst', 'close']) {
    await command('/rooms/main/drop', { by })
    seen[by] = await journal.next('disconnected')
    await journal.next('connected')
    await journal.message('room_update')
  }

  await command('/rooms/main/faults', { confirmationDelay: 0.3 }, 'PATCH')
  await command('/rooms/main/drop', { by: 'close' })
  await journal.next('connected')
  seen.stateBeforeLateConfirmation = (await journal.message('room_update')).message
  await command('/rooms/main/faults', {}, 'DELETE')

  const unauthorized = observe('main', 'wrong-key')
  seen.unauthorized = await unauthorized.journal.next('closed')

  const rejected = observe('rejecting')
  seen.rejected = await rejected.journal.next('rejected')

  await command('/rooms/main/shutdown')
  seen.shutdown = (await journal.message('room_update')).message
  seen.lastDisconnect = await journal.next('disconnected', entry => entry.reason === 'transport_closed')
  seen.end = await journal.next('closed')
  return seen
})
