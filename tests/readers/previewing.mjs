// Uses the preview in Chromium as a writer does and tells what happened; judges nothing.
//
//   node previewing.mjs PLAN.json
//
// The plan: { address, chromium, away, films: [slug, slug], edit: {file, from, to}, secrets: [text] }
// Prints one JSON object: { unasked, asked, hidden_again, found_unasked, found_asked, saved, walked, axe, console }
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const plan = JSON.parse(await readFile(process.argv[2], 'utf8'))
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({ executablePath: plan.chromium, args: ['--no-sandbox'] })
// The page's own policy lets no script in but its own, axe among them.
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true })
const complaints = []
const told = { axe: {}, walked: {}, console: complaints }

const opened = async (film, colorScheme = 'light', viewport = { width: 1280, height: 800 }) => {
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    page.on('console', message => {
        if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(String(error)))
    page.on('request', request => {
        if (!request.url().startsWith(plan.address)) complaints.push(`asked for from outside: ${request.url()}`)
    })
    await page.goto(`${plan.address}#${film}`)
    await shown(page)
    return page
}

const shown = page => page.waitForFunction(() => {
    const stage = document.querySelector('#stage')
    return stage.getAttribute('aria-busy') === 'false' && stage.children.length
})

// Everything that the browser holds of it: the page and what is in its frames.
const held = async page => {
    const frames = await Promise.all(page.frames().map(frame => frame.content()))
    return frames.join('\n')
}

const said = async page => {
    const whole = (await held(page)).toLowerCase()
    return plan.secrets.filter(secret => whole.includes(secret.toLowerCase()))
}

const judged = async (name, page) => {
    await page.evaluate(axe)
    const found = await page.evaluate(() => window.axe.run(document, { iframes: false }))
    told.axe[name] = found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
    await page.screenshot({ path: join(plan.away, `${name}.png`) })
}

const focused = page => page.evaluate(() => {
    const { activeElement: one } = document
    return one.dataset?.slug ?? one.id ?? one.tagName
})

const search = async (page, question) => {
    await page.fill('#question', question)
    await page.waitForTimeout(700)
    return page.evaluate(() => [...document.querySelectorAll('#list li:not([hidden]) a')].map(one => one.dataset.slug))
}

const [first, second] = plan.films
const page = await opened(first)

// -- before anybody asks
told.unasked = [...await said(page)]
await judged('book', page)
await page.keyboard.press('f')
await judged('findings', page)
told.unasked.push(...await said(page))
told.found_unasked = await search(page, plan.search)
await page.fill('#question', '')
await page.click('[data-view=ebook]')
await shown(page)
await judged('ebook', page)
told.unasked.push(...await said(page))

// -- a save, seen from the e-book: its words change, and everything stays where it was
await page.focus('#stage')
await page.evaluate(() => { document.querySelector('#stage').scrollTop = 60 })
const place = () => page.evaluate(() => ({
    film: document.querySelector('#list a[aria-current]').dataset.slug,
    top: document.querySelector('#stage').scrollTop,
    view: document.querySelector('[data-view][aria-pressed=true]').dataset.view,
    spoilers: document.querySelector('#spoilers').getAttribute('aria-checked'),
    focus: document.activeElement.id,
}))
const save = async (from, to) => {
    const text = await readFile(plan.edit.file, 'utf8')
    await writeFile(plan.edit.file, text.replace(from, to))
}
told.saved = { before: await place() }
await save(plan.edit.from, plan.edit.to)
await page.waitForFunction(to => [...document.querySelectorAll('iframe.screen')]
    .some(frame => frame.style.visibility !== 'hidden' && frame.contentDocument?.body?.textContent.includes(to)), plan.edit.to, { timeout: 20000 })
await shown(page)
told.saved.after = await place()
told.saved.status = await page.textContent('#status')

// -- and from the book: its picture changes
await page.click('[data-view=book]')
await shown(page)
const pictured = await page.getAttribute('.leaf img', 'src')
await save(plan.edit.to, plan.edit.from)
await page.waitForFunction(before => document.querySelector('.leaf img')?.getAttribute('src') !== before, pictured, { timeout: 20000 })
told.saved.pictured = await page.evaluate(() => {
    const image = document.querySelector('.leaf img')
    return image.complete && image.naturalWidth > 0
})
told.unasked.push(...await said(page))

// -- somebody asks, and then does no longer
await page.click('#veil button')
await page.waitForSelector('.leaf.spoiler')
await shown(page)
await judged('book-spoilers', page)
told.found_asked = await search(page, plan.search)
await page.fill('#question', '')
await page.waitForTimeout(400)
await page.click('[data-view=ebook]')
await page.waitForSelector('.behind')
await shown(page)
told.asked = await said(page)
await judged('ebook-spoilers', page)
await page.click('#spoilers')
await page.waitForSelector('#veil')
await shown(page)
told.hidden_again = await said(page)
await page.close()

// -- without a mouse
const keyboard = await opened(first)
const press = async key => {
    await keyboard.keyboard.press(key)
    await keyboard.waitForTimeout(150)
}
await press('Tab')
told.walked.skip = await focused(keyboard)
await press('Enter')
told.walked.skipped = await focused(keyboard)
await press('/')
told.walked.search = await focused(keyboard)
await press('Escape')
told.walked.list = await focused(keyboard)
await press('ArrowDown')
told.walked.down = await focused(keyboard)
await press('Enter')
await shown(keyboard)
told.walked.chosen = (await keyboard.textContent('#title')).trim()
await press('k')
await shown(keyboard)
told.walked.back = (await keyboard.textContent('#title')).trim()
await press('e')
await shown(keyboard)
told.walked.ebook = await keyboard.getAttribute('[data-view=ebook]', 'aria-pressed')
await press('b')
await shown(keyboard)
await press('s')
await shown(keyboard)
told.walked.spoilers = await keyboard.getAttribute('#spoilers', 'aria-checked')
await press('s')
await shown(keyboard)
told.walked.hidden = await keyboard.getAttribute('#spoilers', 'aria-checked')
await press('p')
told.walked.pages = await focused(keyboard)
await press('?')
told.walked.help = await keyboard.evaluate(() => document.querySelector('#help').open)
await judged('help', keyboard)
await press('Escape')
told.walked.closed = await keyboard.evaluate(() => !document.querySelector('#help').open)
const stops = []
await keyboard.evaluate(() => document.querySelector('#skip').focus())
for (let turns = 0; turns < 14; turns += 1) {
    stops.push(await focused(keyboard))
    await keyboard.keyboard.press('Tab')
}
told.walked.stops = stops
await keyboard.close()

// -- by night, and on a narrow screen
const night = await opened(second, 'dark')
await judged('night', night)
await night.close()
const narrow = await opened(second, 'light', { width: 390, height: 800 })
await judged('narrow', narrow)
told.narrow = await narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth)
await narrow.close()

await browser.close()
console.log(JSON.stringify(told))
