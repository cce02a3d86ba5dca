export function withHashes(manifest: object): object
