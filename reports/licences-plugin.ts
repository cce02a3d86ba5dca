import type { Plugin } from 'vite'

/** What vite says of a bundled package, when the name of the file asks for JSON. */
interface Licence {
  readonly name: string
  readonly version: string
  readonly identifier: string | null
  readonly text: string | null
}

const licenceFile = 'licenses.json'

/** Puts the licences of bundled packages at the head of the script, each text once, so that they go along with every page. */
export const licencesInScript: Plugin = {
  name: 'licences-in-script',
  config: () => ({ build: { license: { fileName: licenceFile } } }),
  generateBundle: {
    // Vite makes its file before.
    order: 'post',
    handler(_, bundle) {
      const file = bundle[licenceFile]
      const script = Object.values(bundle).find(part => part.type === 'chunk')
      if (file?.type !== 'asset' || script === undefined) throw new Error(`expected a script and ${licenceFile}`)
      delete bundle[licenceFile]
      const licences = JSON.parse(String(file.source)) as Licence[]
      const packages = new Map<string, string[]>()
      for (const { name, version, identifier, text } of licences) {
        const licence = `${identifier}\n\n${text ?? ''}`.trim()
        packages.set(licence, [...(packages.get(licence) ?? []), `${name} ${version}`])
      }
      const notices = [...packages].map(([licence, names]) => `${names.join(', ')}: ${licence}`)
      script.code = `/*! Packages in this script, and their licences.\n\n${notices.join('\n\n').replaceAll('*/', '* /')}\n*/\n${script.code}`
    },
  },
}
