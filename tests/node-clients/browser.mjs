// The few globals of a browser that the package `eyeson` wants when it is loaded. None of them does anything; what the
// permalink calls need (fetch, Request, FormData, timers) is Node's own.

const nothing = () => {}
const navigator = { userAgent: 'node', mediaDevices: { addEventListener: nothing, removeEventListener: nothing } }
const storage = { setItem: nothing, getItem: () => null, removeItem: nothing }
const element = { getContext: () => null, canPlayType: () => '', addEventListener: nothing, appendChild: nothing, style: {} }
const document = { createElement: () => element, addEventListener: nothing, documentElement: element, head: element, body: element }

const globals = { self: globalThis, window: globalThis, addEventListener: nothing, removeEventListener: nothing, navigator, document, localStorage: storage,
  HTMLVideoElement: class {} }
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
