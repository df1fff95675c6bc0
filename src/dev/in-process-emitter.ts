// Emits straight into a gateway of the same process: what `npm start` does when there is no Redis.
import type {EventEmitter} from '../components/websocket/types';
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {ObservationServer} from '../gateway/observation-rooms';

export function createInProcessEmitter(io: ObservationServer): EventEmitter {
  return {
    isReady: () => true,
    emitToRoom: (room, event, payload) => {
      io.of(OBSERVATION_NAMESPACE).to(room).emit(event, payload);
      return Promise.resolve(1); // this one gateway took it
    },
  };
}
