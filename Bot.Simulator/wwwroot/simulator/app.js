import { startChat } from './chat.js';
import { startComposer } from './composer.js';
import { startPeople } from './people.js';
import { startTools } from './tools.js';
import { connect } from './world.js';

startChat();
startPeople();
startComposer();
startTools();
connect();
