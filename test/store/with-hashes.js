import { batchHash, scenarioHash } from '../../dist/sim/store/batch-hash.js'

/** A manifest with the hashes of what is in it, as somebody who forges one would give it. */
export function withHashes(manifest) {
  const { document } = manifest.scenario
  const scenario = { ...manifest.scenario, sha256: scenarioHash(document) }
  return { ...manifest, scenario, batch: batchHash(scenario.sha256, manifest) }
}
