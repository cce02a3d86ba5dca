/**
 * Adds to package-lock.json the packages for one platform each that the registry did not show: `npm run lock`. npm leaves
 * such packages out, and then `npm ci` refuses the whole lockfile. An entry without a hash is skipped on every other
 * platform, and fetched on its own by the exact version its package names.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']

/** The platform that a package is named for, such as `@x/y-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-')
  const at = words.findIndex(word => systems.includes(word))
  if (at < 0 || at + 1 >= words.length) throw new Error(`${name}: expected the name of a platform in it`)
  const [os, cpu, abi = ''] = words.slice(at)
  const libc = os === 'linux' && { musl: 'musl', gnu: 'glibc' }[abi.replace(/eabi.*$/, '')]
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
let added = 0
for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue
    const of = { ...(dev && { dev }), ...(license && { license }), optional: true }
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...of }
    added++
  }
}
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} platforms added`)
