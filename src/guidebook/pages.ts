/** The pages of the guidebook, in the order in which an operator needs them. Each is loaded when it is opened. */
import type { Component } from 'svelte';
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';

export interface GuidebookPage {
  readonly id: string;
  readonly title: Text;
  /** What can be done there, in a sentence or two. */
  readonly about: Text;
  readonly load: () => Promise<{ default: Component }>;
}

export const PAGES: readonly GuidebookPage[] = [
  {
    id: 'need',
    title: m.guidebook_page_need,
    about: m.guidebook_overview_need,
    load: () => import('./need/Need.svelte'),
  },
  {
    id: 'operator',
    title: m.guidebook_page_operator,
    about: m.guidebook_overview_operator,
    load: () => import('./operator/Operator.svelte'),
  },
  {
    id: 'duties',
    title: m.guidebook_page_duties,
    about: m.guidebook_overview_duties,
    load: () => import('./duties/Duties.svelte'),
  },
  {
    id: 'risks',
    title: m.guidebook_page_risks,
    about: m.guidebook_overview_risks,
    load: () => import('./risks/Risks.svelte'),
  },
  {
    id: 'notices',
    title: m.notice_page,
    about: m.notice_overview,
    load: () => import('../notices/Notices.svelte'),
  },
  {
    id: 'conversation',
    title: m.guidebook_page_conversation,
    about: m.guidebook_overview_conversation,
    load: () => import('./conversation/Conversation.svelte'),
  },
  {
    id: 'report',
    title: m.report_page,
    about: m.report_overview,
    load: () => import('../report/Report.svelte'),
  },
  {
    id: 'law',
    title: m.guidebook_page_law,
    about: m.guidebook_overview_law,
    load: () => import('./law/Law.svelte'),
  },
];
