import { type Answered, type Answers, createServer, type Question } from './serve.ts'

/** Threads that answer questions, or this thread where there can be none. */
export interface Crew {
  /** How many questions are worked on at a time. */
  readonly size: number
  /** Why the work is done on the thread of the page, as a sentence; undefined with workers. */
  readonly limit: string | undefined
  /** Asks one member of the crew, 0 … size − 1. Rejects with an Error that says what went wrong. */
  ask<K extends Question['kind']>(member: number, question: Extract<Question, { kind: K }>): Promise<Answers[K]>
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

/**
 * Starts workers from the text of this very script, so that the page stays one file. A worker from a Blob is the one
 * kind a page without a server may start; the policy of the page allows it by `worker-src blob:`.
 *
 * @param script - text of the script, which serves questions when it finds itself in a worker
 */
export async function startCrew(script: string, size: number): Promise<Crew> {
  try {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
    const members = Array.from({ length: size }, () => startMember(new Worker(address)))
    await Promise.all(members.map(({ ready }) => ready))
    return { size, limit: undefined, ask: (member, question) => members[member]!.ask(question) as never }
  } catch {
    return ownThread()
  }
}

function startMember(worker: Worker): { ready: Promise<unknown>; ask: (question: Question) => Promise<unknown> } {
  const waiting = new Map<number, Waiting>()
  let next = 0
  let broken: Error | undefined
  const fail = (reason: string) => {
    broken = new Error(reason)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if ('error' in data) one?.reject(new Error(data.error))
    else one?.resolve(data.answer as never)
  })
  worker.addEventListener('error', event => fail(event.message || 'the worker stopped'))
  worker.addEventListener('messageerror', () => fail('the worker sent what cannot be read'))
  const ask = (question: Question) =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      waiting.set(++next, { resolve, reject })
      worker.postMessage({ ...question, id: next })
    })
  // A worker that is refused by the browser says so by an error event, and never answers.
  return { ready: ask({ kind: 'hello' }), ask }
}

/** Without workers the page computes itself, in pieces, so that it still answers in between. */
function ownThread(): Crew {
  const serve = createServer()
  return {
    size: 1,
    limit: 'This browser starts no worker for the page, so it computes fewer runs, between your clicks.',
    async ask(_, question) {
      await new Promise(resolve => setTimeout(resolve))
      return serve(question) as never
    },
  }
}
