import base from './playwright.config.ts';
export default { ...base, outputDir: './.out/playwright-sealed', reporter: [['line']], workers: 1, use: { ...base.use, baseURL: 'http://localhost:4310/' }, webServer: undefined, projects: undefined, timeout: 150000 };
