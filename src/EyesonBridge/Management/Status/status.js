// Replaces what changes every few seconds; without JavaScript the page is refreshed as a whole.
'use strict'

const every = 3000

async function refresh() {
  const state = document.getElementById('refreshed')
  try {
    const response = await fetch(location.href, { cache: 'no-store' })
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    if (!response.ok) throw new Error(fresh.querySelector('.bad')?.textContent ?? `HTTP status ${response.status}`)
    document.getElementById('live').replaceWith(fresh.getElementById('live'))
    state.textContent = 'live'
    state.className = 'ok'
  } catch (error) {
    state.textContent = `no answer (${error.message}); showing the last known state`
    state.className = 'bad'
  }
  setTimeout(refresh, document.hidden ? 5 * every : every)
}

setTimeout(refresh, every)
