import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that lets programs reach one host, and remembers every other that they asked for. */
export interface RegistryProxy {
  /** For package managers, and for the agent with which onnxruntime-node's script downloads. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hosts that were asked for and refused, each time. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts it on this machine.
 * @param registry address of the registry, of https.
 */
export async function startRegistryProxy(registry: URL): Promise<RegistryProxy> {
  const refused: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    refused.push(new URL(request.url ?? "/", "http://nowhere").host);
    response.writeHead(403).end();
  });
  server.on("connect", (request, client: Socket, head: Buffer) => {
    const { hostname, port } = new URL(`https://${request.url}`);
    if (hostname !== registry.hostname) {
      refused.push(hostname);
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const onward = connect(Number(port || 443), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      onward.pipe(client);
      client.pipe(onward);
    });
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      open.add(one);
      one.on("close", () => open.delete(one));
      // The other end is then closed too; what it was for reports it.
      one.on("error", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  const ofAgent = ["GLOBAL_AGENT_HTTPS_PROXY", "GLOBAL_AGENT_HTTP_PROXY"];
  return {
    environment: {
      ...Object.fromEntries([...names, ...ofAgent].map((name) => [name, address])),
      NO_PROXY: "",
      no_proxy: "",
    },
    refused,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
