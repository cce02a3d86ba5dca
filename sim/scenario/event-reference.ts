/** What an event is, in Markdown. */
export const eventText = [
  'An event happens at most once in a run, in the quarter `at` or in one of the quarters of `window`, each equally',
  'likely, with the given `probability`. Both are drawn at an address made of the name of the event, so an event that is',
  'added or taken out leaves all other draws as they were. Effects apply before the equations of that quarter. With a',
  '`duration` they end after so many quarters; without one they last to the end of the run.',
]

/** One row for each kind of effect: its key, the keys that go with it, what it does. */
export function effectRows(): string[][] {
  return [
    [
      '`parameter`',
      '`add` or `set`',
      'changes the value of the run for the duration, kept inside its bounds, then lets it lapse',
    ],
    [
      '`driver`',
      '`add` or `set`; `of`',
      'a variable of the system: `add` acts once, at the start; `set` is held in each quarter of the duration. `growth` needs `of` with a pole, `vitality` with an institution',
    ],
    [
      '`variable`, a state',
      '`add` or `set`',
      'threat, insecurity_felt, leader, credibility, settlement or projects of the actors, as for a driver',
    ],
    [
      '`variable`, a constant',
      '`add` or `set`; `of`',
      'any other name: lasts for the duration and lapses; kept at 0 or above. `corridor_exposure` needs `of` with a corridor, `up_appetite` and `down_tendency` with an institution',
    ],
    [
      '`tier`',
      '`move` or `set`',
      'moves the actors in this institution once, between none and member; after the duration they go back as many steps',
    ],
    [
      '`corridor`',
      '`open` or `cut`',
      '`open` adds log capacity, taken back after the duration; `cut` loses it at once, and a quarter of the loss is made good in each quarter',
    ],
    [
      '`institution`, `joins`',
      '`tier`',
      'once: members of the first body that stand below the tier in the second are lifted to it',
    ],
  ]
}
