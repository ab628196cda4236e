import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/print.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });
