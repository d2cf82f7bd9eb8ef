import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { newQueryClient } from './app/queries';
import { Pages } from './app/Pages';
import { LiveProvider } from './live/Live';
import './theme/styles';
import { theme } from './theme/theme';

const root = document.getElementById('root');
if (root === null) throw new Error('The document has no root');

createRoot(root).render(
  <StrictMode>
    {/* Variables and classes come from files: the content policy forbids injected styles. */}
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={newQueryClient()}>
        <LiveProvider>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
