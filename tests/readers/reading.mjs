// Reads a book in a reading program in Chromium and tells what happened; judges nothing.
//
//   node reading.mjs PLAN.json
//
// The plan: { book, reader: "foliate" | "epubjs", chromium, looks: {name: {paper, ink, link, size}},
//   window: [width, height], read: look, measure: [look], documents: [href], links: [[from, nth, to]],
//   every_page: n, shots: [{file, href, look, window}] }
// Prints one JSON object: { linear, contents, pageList, passed: [{href, pages, text}], measured, followed,
//   paged, console, seconds }
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.epub': 'application/epub+zip' }

const plan = JSON.parse(await readFile(process.argv[2], 'utf8'))
const seconds = {}
const timed = async (name, work) => {
    const started = Date.now()
    const done = await work()
    seconds[name] = (Date.now() - started) / 1000
    return done
}

const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const file = path === '/book.epub' ? plan.book : join(FOLDER, normalize(path))
    try {
        if (!(await stat(file)).isFile()) throw new Error('no file')
        response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
        createReadStream(file).pipe(response)
    } catch {
        response.writeHead(404).end()
    }
})
await new Promise(ready => server.listen(0, '127.0.0.1', ready))
const home = `http://127.0.0.1:${server.address().port}`

const browser = await chromium.launch({ executablePath: plan.chromium, args: ['--no-sandbox'] })
const complaints = []
const page = await browser.newPage()
page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
})
page.on('pageerror', error => complaints.push(String(error)))
page.on('requestfailed', request => {
    const { errorText } = request.failure()
    // Aborted: a page was left before all of it was there, which is nobody's fault.
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`not loaded: ${request.url()} (${errorText})`)
})
page.on('request', request => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(home)) {
        complaints.push(`asked for from outside: ${request.url()}`)
    }
})

const open = async (look, [width, height]) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: look.paper === '#ffffff' ? 'light' : 'dark' })
    await page.goto(`${home}/${plan.reader}.html`)
    await page.waitForFunction(() => window.reader)
    await page.evaluate(async look => {
        window.looking = await import('./looking.js')
        await window.reader.open(look)
    }, look)
}

// From the first page to the last, as somebody does who only ever turns pages.
const readThrough = () => page.evaluate(async () => {
    const { reader } = window
    const passed = []
    for (let turns = 0; turns < 20_000; turns += 1) {
        const href = reader.here()
        if (passed.at(-1)?.href === href) passed.at(-1).pages += 1
        else passed.push({ href, pages: 1, text: reader.doc().body.textContent })
        if (!await reader.next()) return passed
    }
    throw new Error('the book has no end')
})

const measure = hrefs => page.evaluate(async ([hrefs, looks]) => {
    const measured = {}
    for (const [name, look] of Object.entries(looks)) {
        await window.reader.restyle(look)
        measured[name] = {}
        for (const href of hrefs) {
            await window.looking.arrive(window.reader, href)
            const doc = window.reader.doc()
            measured[name][href] = {
                overflow: window.looking.overflowOf(doc),
                faint: window.looking.faintOf(doc, look.paper),
                broken: window.looking.brokenOf(doc),
                smallest: window.looking.smallestOf(doc),
            }
        }
    }
    return measured
}, [hrefs, Object.fromEntries(plan.measure.map(name => [name, plan.looks[name]]))])

// Each link is clicked where it stands; a few seconds are time enough to follow it.
const follow = () => page.evaluate(async links => {
    const { reader, looking } = window
    const followed = []
    for (const [from, nth, to] of links) {
        await looking.arrive(reader, from)
        // Not click(): a link in a drawing has none.
        const click = new MouseEvent('click', { bubbles: true, cancelable: true })
        reader.doc().querySelectorAll('a[href]')[nth].dispatchEvent(click)
        const [path, fragment] = to.split('#')
        const there = () => reader.here() === path && (!fragment || looking.shown(reader.doc(), fragment))
        for (let waited = 0; waited < 5000 && !there(); waited += 50) {
            await new Promise(done => setTimeout(done, 50))
        }
        followed.push({ from, nth, to, landed: reader.here(), there: there() })
    }
    return followed
}, plan.links)

const turnToPages = () => page.evaluate(async step => {
    const { reader, looking } = window
    const paged = []
    const all = reader.pageList()
    for (const [label, href] of all.filter((_, place) => place % step === 0 || place === all.length - 1)) {
        const [path, fragment] = href.split('#')
        await reader.goTo(href)
        paged.push({ label, href, there: reader.here() === path && looking.shown(reader.doc(), fragment) })
    }
    return paged
}, plan.every_page)

try {
    const first = plan.looks[plan.read]
    await timed('open', () => open(first, plan.window))
    const facts = await page.evaluate(() => ({
        linear: window.reader.linear(),
        contents: window.reader.contents(),
        pageList: window.reader.pageList(),
    }))
    const passed = await timed('read', readThrough)
    const followed = await timed('follow', follow)
    const paged = await timed('page', turnToPages)
    const measured = await timed('measure', () => measure(plan.documents))
    await timed('shots', async () => {
        for (const { file, href, look, window: size } of plan.shots) {
            await open(plan.looks[look], size ?? plan.window)
            await page.evaluate(href => window.reader.goTo(href), href)
            await page.screenshot({ path: file })
        }
    })
    console.log(JSON.stringify({ ...facts, passed, followed, paged, measured, console: complaints, seconds }))
} finally {
    await browser.close()
    server.close()
}
