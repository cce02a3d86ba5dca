import { z } from 'zod'

// Compiled validators need `eval`, which a page under a strict content security policy refuses. Set here, before any
// schema is made, because each decides at once how it validates.
z.config({ jitless: true })

export { z }
