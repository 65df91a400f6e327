/**
 * Runs on the callback page: tells the opener at exactly its origin, every page of our origin by two more ways, then leaves. Each way may be closed
 * to this window (storage blocked, opener gone), and the page asks the server anyway, so a closed one is passed over.
 */
export const callbackScript = `
const data = document.getElementById('tn-flow')
const message = JSON.parse(data.textContent)
const back = document.getElementById('tn-back')
const attempt = (tell) => { try { tell() } catch {} }
const told = Boolean(window.opener) && data.dataset.opener !== ''
if (told) attempt(() => window.opener.postMessage(message, data.dataset.opener))
attempt(() => { const channel = new BroadcastChannel('tn-oauth'); channel.postMessage(message); channel.close() })
attempt(() => { localStorage.setItem('tn-oauth', JSON.stringify(message)); localStorage.removeItem('tn-oauth') })
if (told) window.close()
else if (back) location.replace(back.href)
`
