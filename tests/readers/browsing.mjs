// Opens a finished site from the disk in Chromium and tells what is there; judges nothing.
//
//   node browsing.mjs PLAN.json
//
// The plan: { site, chromium, away, pages: [file], film, story, question }
// Prints one JSON object: { axe, wide, searched, plain, warned, gone_on, console }
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const plan = JSON.parse(await readFile(process.argv[2], 'utf8'))
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({ executablePath: plan.chromium, args: ['--no-sandbox'] })
const complaints = []
const told = { axe: {}, wide: {}, console: complaints }
const address = file => {
    const [path, mark] = file.split('#')
    return `${pathToFileURL(join(plan.site, path))}${mark ? `#${mark}` : ''}`
}

const opened = async (file, look = {}) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...look })
    page.on('console', message => {
        if (message.type() === 'error') complaints.push(`${file}: ${message.text()}`)
    })
    page.on('pageerror', error => complaints.push(`${file}: ${error}`))
    page.on('request', request => {
        if (!request.url().startsWith(String(pathToFileURL(plan.site)))) complaints.push(`asked for from outside: ${request.url()}`)
    })
    await page.goto(address(file))
    // Without scripts there is nobody to ask.
    if (look.javaScriptEnabled !== false) await page.evaluate(() => document.fonts.ready.then(() => {}))
    return page
}

const looks = {
    day: {},
    night: { colorScheme: 'dark' },
    phone: { viewport: { width: 360, height: 740 } },
}
for (const file of plan.pages) {
    for (const [name, look] of Object.entries(looks)) {
        const page = await opened(file, look)
        await page.evaluate(axe)
        const found = await page.evaluate(() => window.axe.run(document, { preload: false }))
        const key = `${file} by ${name}`
        told.axe[key] = found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 4).map(node => node.target.join(' ')).join(', ')}`)
        told.wide[key] = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth))
        await page.screenshot({ path: join(plan.away, `${file.replaceAll('/', '-').replace('.html', '')}-${name}.png`) })
        await page.close()
    }
}

// -- searching from a film's page
const searching = await opened(plan.film)
await searching.fill('#q', plan.question)
await searching.press('#q', 'Enter')
await searching.waitForSelector('#hits li', { state: 'attached' })
await searching.waitForTimeout(300)
told.searched = await searching.evaluate(() => ({
    hits: [...document.querySelectorAll('#hits a')].map(one => one.textContent),
    said: document.querySelector('#found').textContent,
}))
await searching.click('#hits a')
told.searched.landed = (await searching.textContent('h1')).trim()
await searching.close()

// -- a story, by a link from elsewhere, and then on
const story = await opened(plan.story)
const seen = () => story.evaluate(() => {
    const first = document.querySelector('#story ~ section, #story ~ p').getBoundingClientRect()
    return first.top < innerHeight && first.bottom > 0
})
told.warned = await seen()
await story.click('.ahead a')
await story.waitForTimeout(300)
told.gone_on = await seen()
await story.close()

// -- without JavaScript
const plain = await opened(plan.film, { javaScriptEnabled: false })
told.plain = { form: await plain.isVisible('form.search'), title: (await plain.textContent('h1')).trim() }
await plain.close()

// -- on paper
const paper = await opened(plan.film)
await paper.emulateMedia({ media: 'print' })
told.paper = { head: await paper.isVisible('header.site'), title: await paper.isVisible('h1') }
await paper.close()

await browser.close()
console.log(JSON.stringify(told))
