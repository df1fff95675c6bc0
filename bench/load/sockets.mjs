export class SocketLoad {
  async open() {}
  async expect() {}
  async close() {}
}
