import { resolve } from 'node:path'
import { each, start } from './command.js'

const batch = 2500

/** Loads documents in processes of their own, so that one that ends the process is counted and named. */
export async function fuzz(documents, seed, say) {
  const total = { tried: 0, loaded: 0, aborts: 0, slowestMs: 0, findings: [] }
  const starts = Array.from({ length: Math.ceil(documents / batch) }, (_, n) => n * batch)
  await each(starts, 2, async first => {
    const end = Math.min(documents, first + batch)
    const args = [resolve('test/ordeal/load-documents.js'), seed, first, end].map(String)
    const { code, signal, stdout, stderr } = await start(process.execPath, args).ended
    if (code !== 0) {
      total.aborts++
      total.findings.push(
        `ended by ${signal ?? code} after document ${stderr.trim().split('\n').at(-1)} of seed ${seed}`,
      )
      return
    }
    const found = JSON.parse(stdout)
    total.tried += found.tried
    total.loaded += found.loaded
    total.slowestMs = Math.max(total.slowestMs, found.slowestMs)
    total.findings.push(...found.findings)
    say(`${total.tried} of ${documents}`)
  })
  // Documents that are refused at once try little: a third at least is to be read, checked and computed.
  if (total.loaded < 0.33 * total.tried)
    total.findings.push(`only ${total.loaded} of ${total.tried} documents were valid`)
  return total
}
