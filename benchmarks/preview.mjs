// Saves entries of a guide and tells how long each takes to stand on the screen; preview.py calls it.
//
//   node preview.mjs '{ "address", "guide", "chromium", "saves" }'
//
// Prints { view: [milliseconds] }.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '../tests/readers/node_modules/playwright-core/index.mjs'

const plan = JSON.parse(process.argv[2])
const folder = join(plan.guide, 'entries')
const entries = readdirSync(folder).filter(file => file.endsWith('.md') && readFileSync(join(folder, file), 'utf8').includes('## Plot'))
const browser = await chromium.launch({ executablePath: plan.chromium, args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })

const settled = () => page.waitForFunction(() => document.querySelector('#stage[aria-busy="false"]')?.children.length)

// A word more in the first paragraph below the front matter, which every view shows.
const edited = (text, word) => text.replace(/\n---\n+(?:## .*\n+)?/, found => `${found}${word} `)

const saved = async (view, nth) => {
    const file = entries[Math.floor((nth + 0.5) * entries.length / plan.saves)]
    const slug = file.replace(/\.md$/, '')
    await page.goto(`${plan.address}#${slug}`)
    await page.waitForFunction(slug => decodeURIComponent(location.hash) === `#${slug}` && document.querySelector('#list a[aria-current]')?.dataset.slug === slug, slug)
    await settled()
    await page.click(`[data-view=${view}]`)
    await settled()
    await page.waitForTimeout(4000) // what follows a save, and the page's own beginning, are over
    const before = await page.evaluate(() => {
        window.shown = () => [...document.querySelectorAll('.leaf img, iframe.screen')]
            .filter(one => one.style.visibility !== 'hidden').map(one => one.src).join()
        return window.shown()
    })
    const path = join(folder, file)
    const text = edited(readFileSync(path, 'utf8'), `Anew${view}${nth}`)
    const there = page.evaluate(before => new Promise(done => {
        const look = () => {
            if (window.shown() === before || !window.shown()) return requestAnimationFrame(look)
            requestAnimationFrame(() => requestAnimationFrame(() => done()))
        }
        look()
    }), before)
    const started = performance.now()
    writeFileSync(path, text)
    await there
    return performance.now() - started
}

const measured = { book: [], ebook: [] }
for (const view of Object.keys(measured)) {
    for (let nth = 0; nth < plan.saves; nth += 1) measured[view].push(await saved(view, nth))
}
await browser.close()
console.log(JSON.stringify(measured))
