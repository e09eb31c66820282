import { createServer } from 'node:http';
import { toNodeHandler } from 'better-auth/node';
import { serve } from '../../dist/contestants/serve.js';
import { auth } from './auth.mjs';

serve(createServer(toNodeHandler(auth)));
