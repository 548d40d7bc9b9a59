// @rails/actioncable, the client that Rails itself ships. It comes from browsers: they have events and no headers.
import ActionCable from '@rails/actioncable'
import WebSocket from 'ws'
import { Journal, command, key, report, url } from './simulator.mjs'

globalThis.addEventListener ??= () => {}
globalThis.removeEventListener ??= () => {}
ActionCable.adapters.WebSocket = WebSocket
ActionCable.ConnectionMonitor.staleThreshold = 1

function observe(roomId, apiKey = key) {
  const journal = new Journal()
  const consumer = ActionCable.createConsumer(`${url.replace('http', 'ws')}/rt?room_id=${roomId}`)
  consumer.addSubProtocol(apiKey)
  consumer.subscriptions.create('RoomChannel', {
    connected: ({ reconnected }) => journal.add('subscribed', { reconnected }),
    disconnected: ({ willAttemptReconnect }) => journal.add('disconnected', { again: !!willAttemptReconnect }),
    rejected: () => journal.add('rejected'),
    received: message => journal.add('message', { message })
  })
  return { consumer, journal }
}

await report(async () => {
  const seen = {}
  const { consumer, journal } = observe('main')
  seen.subscribed = await journal.next('subscribed')
  seen.protocol = consumer.connection.getProtocol()
  seen.state = (await journal.message('room_update')).message

  await command('/rooms/main/chat', { content: 'Hello', userId: 'alice' })
  seen.chat = (await journal.message('chat')).message

  await command('/rooms/main/disconnect', { reason: 'server_restart', reconnect: true })
  seen.restart = await journal.next('disconnected')
  seen.afterRestart = await journal.next('subscribed')
  await journal.message('room_update')

  await command('/rooms/main/drop', { by: 'rst' })
  await journal.next('disconnected')
  await journal.next('subscribed')
  await journal.message('room_update')

  const unauthorized = observe('main', 'wrong-key')
  seen.unauthorized = await unauthorized.journal.next('disconnected')

  const rejected = observe('rejecting')
  await rejected.journal.next('rejected')
  seen.rejected = true

  await command('/rooms/main/shutdown')
  seen.shutdown = (await journal.message('room_update')).message
  await journal.next('disconnected')
  seen.end = await journal.next('disconnected', entry => !entry.again)
  return seen
})
