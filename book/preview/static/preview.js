// The page of the preview. It asks for what it shows and keeps its place when something is saved.
// Words of the guide are put in as text and never as HTML.

const at = id => document.getElementById(id)

const make = (tag, marks = {}, ...inside) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(marks)) {
        if (value === false || value === null || value === undefined) continue
        if (name === 'text') made.textContent = value
        else made.setAttribute(name, value === true ? '' : value)
    }
    made.append(...inside.filter(one => one !== null && one !== undefined))
    return made
}

const place = {
    films: new Map(),
    order: [],
    revision: 0,
    steps: 4,
    chosen: '',
    view: sessionStorage.getItem('view') === 'ebook' ? 'ebook' : 'book',
    spoilers: false, // never remembered: a page that is opened shows no story
    hits: null,
}
let elsewhere = [] // findings in other files than entries
let asked = 0
let searched = 0

const ask = async address => {
    const answer = await fetch(address)
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
}

const spoilersAsked = () => place.spoilers ? 'shown' : 'hidden'

// ------------------------------------------------------------------------------------- what is said

let fading
const say = (words, trouble = false) => {
    const status = at('status')
    status.textContent = words
    status.classList.toggle('trouble', trouble)
    clearTimeout(fading)
    if (!trouble) fading = setTimeout(() => { status.textContent = '' }, 6000)
}

const counted = (number, one, many) => number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${many}`

const findingsIn = row => [
    row.errors && counted(row.errors, 'error', 'errors'),
    row.warnings && counted(row.warnings, 'warning', 'warnings'),
].filter(Boolean).join(', ')

// ----------------------------------------------------------------------------------------- the list

const loadList = async (since = 0) => {
    const shown = place.spoilers
    const told = await ask(`/films?since=${since}&spoilers=${spoilersAsked()}`)
    place.steps = told.steps
    place.revision = told.revision
    if (!since) place.films.clear()
    for (const row of told.rows) place.films.set(row.slug, row)
    const moved = told.order.length !== place.order.length || told.order.some((slug, nth) => slug !== place.order[nth])
    place.order = told.order
    at('guide').textContent = told.title
    const mend = [...place.films.values()].filter(row => row.errors).length
    at('count').textContent = counted(told.order.length, 'film', 'films') +
        (mend ? `, ${counted(mend, 'with an error', 'with errors')}` : '')
    if (!since || moved || told.rows.some(row => lines.get(row.slug)?.chapter !== row.chapter)) drawList()
    else for (const row of told.rows) drawLine(row)
    sift()
    if (shown === place.spoilers) elsewhere = told.elsewhere
}

const lines = new Map()

const drawList = () => {
    const list = at('list')
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.slug : null
    const scrolled = list.scrollTop
    list.replaceChildren()
    lines.clear()
    let chapter = null
    let films = null
    for (const slug of place.order) {
        const row = place.films.get(slug)
        if (row.chapter !== chapter) {
            chapter = row.chapter
            films = make('ul')
            list.append(make('section', {}, make('h3', { text: chapter || 'Not films yet' }), films))
        }
        const link = make('a', { href: `#${encodeURIComponent(slug)}`, 'data-slug': slug, tabindex: -1 })
        const item = make('li', {}, link)
        films.append(item)
        lines.set(slug, { item, link, chapter })
        drawLine(row)
    }
    list.append(make('p', { class: 'none', hidden: true, id: 'none', text: 'No film is like that.' }))
    list.scrollTop = scrolled
    mark()
    if (focused) lines.get(focused)?.link.focus({ preventScroll: true })
}

const drawLine = row => {
    const line = lines.get(row.slug)
    if (!line) return
    const steps = make('span', { class: 'steps', 'aria-hidden': 'true' })
    for (let step = 0; step < place.steps; step += 1) steps.append(make('i', { class: step < row.done ? 'done' : '' }))
    const marks = make('span', { class: 'marks', 'aria-hidden': 'true' })
    if (row.errors) marks.append(make('span', { class: 'mark error', text: row.errors }))
    if (row.warnings) marks.append(make('span', { class: 'mark warning', text: row.warnings }))
    const missing = row.missing.length ? `${row.done} of ${place.steps} done, without ${row.missing.join(', ')}` : 'complete'
    const spoken = [missing, findingsIn(row)].filter(Boolean).join('; ')
    line.link.replaceChildren(
        make('span', { class: 'title' },
            row.title,
            row.year ? make('span', { class: 'year', text: row.year }) : null),
        marks,
        steps,
        make('span', { class: 'unseen', text: `, ${spoken}` }),
    )
    line.link.title = row.missing.length ? `Still wants ${row.missing.join(', ')}` : ''
    const hit = place.hits?.get(row.slug)
    if (hit && hit.where !== 'Title') {
        line.link.append(make('span', { class: 'snippet' }, make('b', { text: `${hit.where}: ` }), hit.snippet))
    }
}

const listed = slug => {
    const row = place.films.get(slug)
    if (place.hits && !place.hits.has(slug)) return false
    const filter = at('filter').value
    if (filter === 'mend') return row.errors + row.warnings > 0
    return filter !== 'unfinished' || row.done < place.steps
}

const sift = () => {
    let shown = 0
    for (const [slug, line] of lines) {
        const stays = listed(slug)
        line.item.hidden = !stays
        shown += stays
    }
    for (const section of at('list').querySelectorAll('section')) {
        section.hidden = !section.querySelector('li:not([hidden])')
    }
    if (at('none')) at('none').hidden = shown > 0
    const sifted = place.hits || at('filter').value !== 'all'
    at('found').textContent = sifted ? counted(shown, 'film', 'films') : ''
    rove()
    turns()
}

const visible = () => place.order.filter(slug => !lines.get(slug)?.item.hidden)

const rove = () => {
    const shown = visible()
    const first = shown.includes(place.chosen) ? place.chosen : shown[0]
    for (const [slug, line] of lines) line.link.tabIndex = slug === first ? 0 : -1
}

const mark = () => {
    for (const [slug, line] of lines) {
        if (slug === place.chosen) line.link.setAttribute('aria-current', 'page')
        else line.link.removeAttribute('aria-current')
    }
    rove()
    turns()
}

const turns = () => {
    const shown = visible()
    const here = shown.indexOf(place.chosen)
    at('before').disabled = here < 1
    at('after').disabled = here < 0 ? !shown.length : here === shown.length - 1
}

// ------------------------------------------------------------------------------------------- search

const search = async () => {
    const question = at('question').value.trim()
    const turn = ++searched
    let hits = null
    if (question) {
        const told = await ask(`/search?q=${encodeURIComponent(question)}&spoilers=${spoilersAsked()}`)
        hits = new Map(told.hits.map(hit => [hit.slug, hit]))
    }
    if (turn !== searched) return
    place.hits = hits
    for (const row of place.films.values()) drawLine(row)
    sift()
    at('list').scrollTop = 0
}

let typing
at('question').addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(search, 120)
})
at('search').addEventListener('submit', event => {
    event.preventDefault()
    clearTimeout(typing)
    search().then(() => lines.get(visible()[0])?.link.focus())
})
at('filter').addEventListener('change', sift)

// --------------------------------------------------------------------------------------------- a film

// Into the middle of the list, unless it is in sight: below the heading of a chapter, which stays at the top, and above
// the foot. Not by scrollIntoView(), after which browsers take the next Tab from there and not from where the reader is.
const bringInSight = link => {
    const list = at('list')
    const [line, all] = [link.getBoundingClientRect(), list.getBoundingClientRect()]
    if (line.top > all.top + 40 && line.bottom < all.bottom) return
    list.scrollTop += line.top - all.top - (all.height - line.height) / 2
}

const choose = slug => {
    if (!place.films.has(slug)) return
    const another = slug !== place.chosen
    place.chosen = slug
    if (decodeURIComponent(location.hash.slice(1)) !== slug) history.replaceState(null, '', `#${encodeURIComponent(slug)}`)
    mark()
    const link = lines.get(slug)?.link
    if (another && link) bringInSight(link)
    if (another) {
        at('stage').scrollTop = 0
        at('stage').replaceChildren()
    }
    return showFilm(another)
}

const showFilm = async (another = false) => {
    const turn = ++asked
    const stage = at('stage')
    stage.setAttribute('aria-busy', 'true')
    const row = place.films.get(place.chosen)
    if (another && row) {
        at('title').textContent = row.title
        at('facts').textContent = [row.year || '', row.chapter].filter(Boolean).join(' · ')
    }
    try {
        const address = `/films/${encodeURIComponent(place.chosen)}?view=${place.view}&spoilers=${spoilersAsked()}`
        const film = await ask(address)
        if (turn !== asked) return null
        describe(film)
        await (place.view === 'ebook' ? showDocuments(film, turn) : showPages(film, turn, another))
        return film
    } catch (error) {
        if (turn === asked) stage.replaceChildren(make('p', { class: 'empty', text: `This film could not be shown. ${error.message}` }))
        return null
    } finally {
        if (turn === asked) stage.setAttribute('aria-busy', 'false')
    }
}

const describe = film => {
    at('title').textContent = film.title
    document.title = `${film.title} · ${at('guide').textContent}`
    const pages = film.pages?.length
        ? `${film.estimated ? 'about page' : 'page'} ${film.pages[0].label}, ${counted(film.pages.length + film.hidden, 'page', 'pages')}`
        : ''
    const missing = film.missing.length ? `still wants ${film.missing.join(', ')}` : 'complete'
    at('facts').textContent = [film.year || '', film.chapter, pages, `${film.words.toLocaleString('en')} words`, missing]
        .filter(Boolean).join(' · ')
    const findings = [...film.findings, ...elsewhere]
    at('findings').hidden = !findings.length
    const errors = findings.filter(one => one.severity === 'error').length
    at('findings-summary').textContent = `${findingsIn({ errors, warnings: findings.length - errors })} to look at`
    at('findings-list').replaceChildren(...findings.map(one => make('li', { class: one.severity },
        make('p', { class: 'where', text: [one.file || film.file, one.line && `line ${one.line}`, one.code].filter(Boolean).join(' · ') }),
        make('p', { text: one.veiled ? 'This has to do with the story; switch spoilers on to read what it says.' : one.message }),
        one.hint && !one.veiled ? make('p', { class: 'hint', text: one.hint }) : null)))
}

const veil = what => {
    const open = make('button', { type: 'button', text: 'Show spoilers' })
    open.addEventListener('click', () => setSpoilers(true))
    return make('div', { class: 'veil', id: 'veil' }, make('p', { text: `${what} kept back. The story is told there, its ending included.` }), open)
}

// Pictures are fetched before they are put in, so that nothing flickers and nothing moves.
const fetched = async source => {
    const image = new Image()
    image.src = source
    await image.decode().catch(() => {})
    return image
}

const showPages = async (film, turn, another) => {
    const stage = at('stage')
    if (!film.pages) {
        const why = film.stopped || 'This entry cannot be read as a film yet. What there is to mend stands above.'
        stage.replaceChildren(make('p', { class: 'empty', text: why }))
        return
    }
    const wide = matchMedia('(max-width: 56rem)').matches ? stage.clientWidth : Math.min(stage.clientWidth, 1248) / 2
    const width = Math.ceil(Math.max(wide, 200) * devicePixelRatio / 100) * 100
    const source = page => `${page.src}${page.src.includes('?') ? '&' : '?'}width=${width}`
    const before = new Map([...stage.querySelectorAll('.leaf img')].map(image => [image.getAttribute('src'), true]))
    // The spread that is looked at first; the others come while it is looked at.
    await Promise.all(film.pages.slice(0, 2).map(page => fetched(source(page))))
    if (turn !== asked) return
    const spreads = []
    for (const page of film.pages) {
        const [across, up] = [600, Math.round(600 * film.shape)]
        const said = `Page ${page.label}${page.zone === 'spoiler' ? ', spoilers' : ''}`
        const image = make('img', { src: source(page), alt: said, width: across, height: up })
        const fresh = before.size && !another && !before.has(source(page))
        const leaf = make('figure', { class: `leaf ${page.side} ${page.zone}${fresh ? ' fresh' : ''}` }, image)
        if (page.side === 'verso' || !spreads.length) spreads.push(make('div', { class: 'spread' }))
        spreads.at(-1).append(leaf)
    }
    const top = stage.scrollTop
    const hidden = film.hidden ? [veil(film.hidden === 1 ? 'One page is' : `${film.hidden} pages are`)] : []
    const note = make('p', { class: 'unseen', text: 'Pages are pictures. The e-book view has the same words as text.' })
    keepFocus(stage, () => stage.replaceChildren(note, ...spreads, ...hidden))
    stage.scrollTop = top
}

// A button in the stage that had the focus has it again in its new shape, or else the stage itself.
const keepFocus = (stage, work) => {
    const inside = stage.contains(document.activeElement) && document.activeElement !== stage
    work()
    if (inside) (stage.querySelector('#veil button') ?? stage).focus({ preventScroll: true })
}

// -------------------------------------------------------------------------------------------- e-book

const framed = (address, title) => new Promise(ready => {
    const frame = make('iframe', { class: 'screen', sandbox: 'allow-same-origin', title, src: address, 'data-src': address })
    frame.style.position = 'absolute'
    frame.style.visibility = 'hidden'
    frame.addEventListener('load', () => {
        listenIn(frame)
        ready(frame)
    }, { once: true })
    at('stage').append(frame)
})

const fit = frame => {
    const root = frame.contentDocument?.documentElement
    if (!root) return
    frame.style.height = '0'
    frame.style.height = `${Math.max(root.scrollHeight, 200)}px`
}

// Nothing runs in the frame; whoever clicks there is listened to from here.
const listenIn = frame => {
    const inside = frame.contentDocument
    if (!inside) return
    inside.addEventListener('keydown', keys)
    inside.addEventListener('click', event => {
        const link = event.target.closest?.('a')
        const href = link?.getAttribute('href') ?? link?.getAttributeNS('http://www.w3.org/1999/xlink', 'href')
        if (!href) return
        event.preventDefault()
        const to = new URL(href, frame.getAttribute('data-src') && new URL(frame.dataset.src, location.href))
        if (to.origin !== location.origin) {
            if (/^https?:$/.test(to.protocol)) window.open(to.href, '_blank', 'noopener,noreferrer')
        } else if (href.startsWith('#')) {
            inside.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView()
        } else if (to.pathname.startsWith('/ebook/spoilers/')) {
            setSpoilers(true)
        } else {
            const stem = to.pathname.match(/^\/ebook\/films\/(.+)\.xhtml$/)?.[1]
            const row = stem && [...place.films.values()].find(one => one.stem === stem)
            if (row) choose(row.slug).then(() => at('stage').focus())
            else say('The preview shows films; the rest of the book is in a build.')
        }
    })
}

const showDocuments = async (film, turn) => {
    const stage = at('stage')
    if (!film.document) {
        const why = film.stopped || 'This entry cannot be read as a film yet. What there is to mend stands above.'
        stage.replaceChildren(make('p', { class: 'empty', text: why }))
        return
    }
    const top = stage.scrollTop
    const waiting = [framed(`${film.document}?at=${film.revision}`, `${film.title}, e-book page`)]
    if (film.spoilers) waiting.push(framed(`${film.spoilers}&at=${film.revision}`, `${film.title}, spoilers`))
    const frames = await Promise.all(waiting)
    if (turn !== asked) {
        frames.forEach(frame => frame.remove())
        return
    }
    const inFrame = document.activeElement?.tagName === 'IFRAME'
    for (const old of [...stage.children]) if (!frames.includes(old)) old.remove()
    frames.forEach(frame => {
        frame.style.position = ''
        frame.style.visibility = ''
    })
    if (frames[1]) frames[1].before(make('p', { class: 'behind', text: 'Behind the link:' }))
    frames.forEach(fit)
    if (film.hidden) stage.append(veil('A page is'))
    if (inFrame) stage.focus({ preventScroll: true })
    stage.scrollTop = top
}

addEventListener('resize', () => {
    clearTimeout(fitting)
    fitting = setTimeout(() => at('stage').querySelectorAll('iframe').forEach(fit), 150)
})
let fitting

// ----------------------------------------------------------------------------------------- the tools

const setView = view => {
    if (view === place.view) return
    place.view = view
    sessionStorage.setItem('view', view)
    for (const button of document.querySelectorAll('[data-view]')) {
        button.setAttribute('aria-pressed', String(button.dataset.view === view))
    }
    at('stage').replaceChildren()
    at('stage').scrollTop = 0
    showFilm()
}

const setSpoilers = shown => {
    place.spoilers = shown
    at('spoilers').setAttribute('aria-checked', String(shown))
    at('search-note').textContent = shown ? 'Stories are searched as well.' : 'Stories are not searched.'
    if (!shown) {
        // What was shown goes at once, and does not wait for an answer.
        elsewhere = []
        at('findings-list').replaceChildren()
        at('list').querySelectorAll('.snippet').forEach(one => one.remove())
        at('stage').querySelectorAll('.leaf.spoiler, .behind, .behind ~ iframe').forEach(one => one.remove())
    }
    say(shown ? 'Spoilers are shown, of every film.' : 'Spoilers are hidden.')
    loadList(0)
    search()
    return showFilm()
}

const step = by => {
    const shown = visible()
    const here = shown.indexOf(place.chosen)
    const next = here < 0 ? shown[0] : shown[here + by]
    if (next) {
        choose(next)
        const row = place.films.get(next)
        say(`${row.title}${row.year ? ` (${row.year})` : ''}`)
    }
}

for (const button of document.querySelectorAll('[data-view]')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === place.view))
    button.addEventListener('click', () => setView(button.dataset.view))
}
at('spoilers').addEventListener('click', () => setSpoilers(!place.spoilers))
at('before').addEventListener('click', () => step(-1))
at('after').addEventListener('click', () => step(1))
at('help-open').addEventListener('click', () => at('help').showModal())
at('skip').addEventListener('click', event => {
    event.preventDefault()
    at('film').focus()
})
at('keys').checked = localStorage.getItem('keys') !== 'off'
at('keys').addEventListener('change', () => localStorage.setItem('keys', at('keys').checked ? 'on' : 'off'))

at('list').addEventListener('keydown', event => {
    const shown = visible()
    const here = shown.indexOf(document.activeElement?.dataset?.slug)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: shown.length - 1, PageDown: here + 12, PageUp: here - 12 }[event.key]
    if (to === undefined || here < 0) return
    event.preventDefault()
    const link = lines.get(shown[Math.min(Math.max(to, 0), shown.length - 1)])?.link
    if (!link) return
    for (const line of lines.values()) line.link.tabIndex = line.link === link ? 0 : -1
    link.focus()
})

const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    b: () => setView('book'),
    e: () => setView('ebook'),
    s: () => setSpoilers(!place.spoilers),
    p: () => at('stage').focus(),
    f: () => {
        if (at('findings').hidden) return say('There is nothing to mend in this film.')
        at('findings').open = true
        at('findings-summary').focus()
    },
    '/': () => at('question').select(),
    '?': () => at('help').showModal(),
}

const keys = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || at('help').open) return
    const within = event.target
    if (event.key === 'Escape' && within === at('question')) {
        at('question').value = ''
        search()
        lines.get(place.chosen)?.link.focus()
        return
    }
    const writes = /^(INPUT|SELECT|TEXTAREA)$/.test(within.tagName)
    if (writes || !at('keys').checked || !KEYS[event.key]) return
    event.preventDefault()
    KEYS[event.key]()
}
document.addEventListener('keydown', keys)

addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1))))

// --------------------------------------------------------------------------------- what happens there

const told = event => JSON.parse(event.data)

const begin = async () => {
    await loadList(0)
    const wanted = decodeURIComponent(location.hash.slice(1))
    const slug = place.films.has(place.chosen) ? place.chosen : place.films.has(wanted) ? wanted : place.order[0]
    if (slug) await choose(slug)
    else at('stage').replaceChildren(make('p', { class: 'empty', text: 'There is no film in entries/ yet.' }))
}

const listen = () => {
    const events = new EventSource('/events')
    const live = (words, here) => {
        at('live-words').textContent = words
        at('live').classList.toggle('away', !here)
    }
    events.addEventListener('hello', () => {
        live('live', true)
        begin()
    })
    events.addEventListener('pages', async event => {
        const { films, revision } = told(event)
        const mine = films.includes(place.chosen)
        const since = place.revision
        const shown = mine ? showFilm() : null
        loadList(Math.min(since, revision - 1))
        const titles = films.map(slug => place.films.get(slug)?.title ?? slug)
        const names = titles.length > 3 ? counted(titles.length, 'film', 'films') : titles.join(', ')
        if (mine && await shown) say(`${place.films.get(place.chosen).title} is as you saved it.`)
        else if (!mine && films.length) say(`Changed: ${names}`)
    })
    events.addEventListener('findings', async event => {
        const { films } = told(event)
        await loadList(place.revision)
        if (films.includes(place.chosen) || elsewhere.length) {
            const [turn, shown] = [asked, place.spoilers]
            const film = await ask(`/films/${encodeURIComponent(place.chosen)}?view=none&spoilers=${spoilersAsked()}`)
            if (turn === asked && shown === place.spoilers) findingsOnly(film)
        }
    })
    events.addEventListener('anew', () => {
        say('The guide was read anew.')
        begin()
    })
    events.addEventListener('trouble', event => say(told(event).message, true))
    events.addEventListener('error', () => live('The preview is not running', false))
}

const findingsOnly = film => {
    const facts = at('facts').textContent
    describe(film)
    at('facts').textContent = facts
    const found = findingsIn(film)
    say(found ? `${film.title}: ${found}.` : `${film.title}: nothing to mend.`)
}

listen()
