// A page around the laboratory: it names its own origin in the address, and then speaks by messages.
const frame = document.getElementById('laboratory')
const told = document.getElementById('told')
const ask = (message) => frame.contentWindow.postMessage(message, location.origin)

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== frame.contentWindow || !data?.twoscale) return
  if (data.twoscale === 'ready') ask({ twoscale: 'observe', id: 'first' })
  if (data.twoscale === 'problem') told.textContent = data.message
  if (data.twoscale === 'frame') {
    const [name, value] = Object.entries(data.observables)[0]
    told.textContent = `frame ${data.index}, t = ${data.t.toPrecision(3)} s, ${name} = ${value.toPrecision(5)}`
  }
})

for (const action of ['run', 'pause', 'reset'])
  document.getElementById(action).addEventListener('click', () => ask({ twoscale: action }))
document
  .getElementById('conductance')
  .addEventListener('change', ({ target }) => ask({ twoscale: 'set', parameters: { G_K: Number(target.value) } }))

frame.src = `../?scenario=tissue-opening&chrome=minimal&origin=${encodeURIComponent(location.origin)}`
