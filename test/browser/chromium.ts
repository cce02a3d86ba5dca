import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The Chromium of this machine: what CHROMIUM names, or `chromium` on the PATH; undefined where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM
  const candidates = named ? [named] : (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'chromium'))
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Switches that keep a headless Chromium small and silent on the network. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
