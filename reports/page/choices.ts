import type { ChartData } from '../charts/chart-data.ts'
import { actorInDepth, type Choice } from '../charts/choice.ts'
import { quarterUntil } from '../charts/time.ts'
import type { WaterfallData } from '../charts/waterfall.ts'
import { chosenSentence, depthTitle, followingWords, inDepthWords } from '../choice-words.ts'
import type { ReportDocument } from '../document.ts'
import { type Fragment, type Offered, readFragment, writeFragment } from './chosen.ts'

/** What the page does when something is chosen. */
type Redraw = (choice: Choice) => void

/**
 * Lets a reader choose a state, an outcome and a quarter, by the bar, by a click on a mark, or by the address, and keeps
 * the choice in the fragment of the address.
 *
 * @param redraw - draws the charts that follow
 * @returns what is done when a mark is clicked; nothing where the report offers no choice
 */
export function listenForChoices(
  form: HTMLFormElement,
  data: ReportDocument['data'],
  redraw: Redraw,
): (picked: Choice) => void {
  const field = <Type extends HTMLElement>(name: string) => form.elements.namedItem(name) as Type
  const actors = field<HTMLSelectElement>('actor')
  const outcomes = field<HTMLSelectElement>('outcome')
  const quarter = field<HTMLInputElement>('tick')
  const batch = data[form.dataset.choices!] as ChartData
  const ids = (select: HTMLSelectElement) => [...select.options].map(({ value }) => value).filter(value => value !== '')
  const offered: Offered = {
    actors: ids(actors),
    outcomes: ids(outcomes),
    quarters: batch.years.map(quarterUntil),
  }
  const following = [...document.querySelectorAll<HTMLElement>('#duality-plane, #gap-map')].map(followingPlace)
  let now: Fragment = { section: undefined, choice: {} }

  const show = (choice: Choice) => {
    actors.value = choice.actor ?? ''
    outcomes.value = choice.outcome ?? ''
    quarter.value = String(choice.tick ?? offered.quarters.length - 1)
    const named = offered.quarters[Number(quarter.value)]!
    form.querySelector('output')!.textContent = named
    quarter.setAttribute('aria-valuetext', named)
    const said = form.querySelector('.said')!
    const sentence = chosenSentence(batch, choice)
    if (said.textContent !== sentence) said.textContent = sentence
    tellDepth(data, batch, choice)
    const words = followingWords(batch, choice)
    for (const { chart, tell } of following) tell(words[chart])
    redraw(choice)
  }
  const choose = (choice: Choice, keep: 'push' | 'replace' = 'push') => {
    now = { ...now, choice }
    const address = `#${writeFragment(now, offered)}`
    if (address !== (location.hash || '#')) {
      const to = address === '#' ? location.pathname + location.search : address
      history[keep === 'push' ? 'pushState' : 'replaceState'](null, '', to)
    }
    show(choice)
  }
  const chosen = (): Choice => {
    const tick = Number(quarter.value)
    return {
      ...(actors.value === '' ? {} : { actor: actors.value }),
      ...(outcomes.value === '' ? {} : { outcome: outcomes.value }),
      ...(tick === offered.quarters.length - 1 ? {} : { tick }),
    }
  }
  const follow = (first: boolean) => {
    const read = readFragment(location.hash, offered)
    const wandered = read.section !== undefined && Object.keys(read.choice).length === 0 && !first
    // A link of the contents leads to a section and keeps what is chosen.
    now = wandered ? { ...now, section: read.section } : read
    if (wandered) history.replaceState(null, '', `#${writeFragment(now, offered)}`)
    else {
      show(now.choice)
      // The browser itself finds a section only where nothing else is in the address; charts are drawn by then.
      const { section } = read
      if (section !== undefined && location.hash !== `#${section}`)
        setTimeout(() => document.getElementById(section)?.scrollIntoView({ behavior: 'instant' }))
    }
  }

  form.hidden = false
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('reset', event => {
    event.preventDefault()
    choose({})
  })
  for (const select of [actors, outcomes]) select.addEventListener('change', () => choose(chosen()))
  quarter.addEventListener('input', () => choose(chosen(), 'replace'))
  addEventListener('hashchange', () => follow(false))
  addEventListener('popstate', () => follow(location.hash === ''))
  follow(true)
  return picked => {
    const same = picked.actor !== undefined && picked.actor === now.choice.actor
    const { actor: _, ...rest } = now.choice
    choose(same ? rest : { ...now.choice, ...picked })
  }
}

/** A chart whose text alternative, heading and caveat follow a choice, and what they are without one. */
function followingPlace(place: HTMLElement) {
  const section = place.closest('section')!
  const title = section.querySelector('h2')!
  // Not every section has one: in a world without CIS Plus nobody joins it.
  const caveat = section.querySelector('h2 + p')
  const usual = {
    alternative: place.getAttribute('aria-label') ?? '',
    title: title.textContent,
    caveat: caveat?.textContent ?? '',
  }
  return {
    chart: place.dataset.chart!,
    tell(words: Partial<typeof usual> = {}) {
      place.setAttribute('aria-label', words.alternative ?? usual.alternative)
      title.textContent = words.title ?? usual.title
      if (caveat) caveat.textContent = words.caveat ?? usual.caveat
    },
  }
}

/** Heading and text alternatives of the section about one state. */
function tellDepth(data: ReportDocument['data'], batch: ChartData, choice: Choice): void {
  const actor = actorInDepth(batch, choice)
  const section = document.getElementById('depth')
  if (actor === undefined || section === null) return
  section.querySelector('h2')!.textContent = depthTitle(actor.name)
  for (const place of section.querySelectorAll<HTMLElement>('[data-chart]')) {
    const { follows, chart } = place.dataset
    const causes = follows === undefined ? undefined : (data[follows + actor.id] as WaterfallData | undefined)
    place.closest('figure')!.hidden = follows !== undefined && causes === undefined
    place.setAttribute('aria-label', inDepthWords(actor, causes)[chart!] ?? '')
  }
}
