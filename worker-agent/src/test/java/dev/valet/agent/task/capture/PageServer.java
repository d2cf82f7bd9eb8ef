package dev.valet.agent.task.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Pages on 127.0.0.2, which plays the public network, and a secret on 127.0.0.1 at the same port,
 * which nobody may reach.
 */
final class PageServer implements AutoCloseable {
  private final HttpServer pages;
  private final HttpServer secret;
  final DatagramSocket datagrams;
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> secretsTold = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  PageServer() throws IOException {
    pages = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
    secret = HttpServer.create(new InetSocketAddress("127.0.0.1", port()), 0);
    datagrams = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
    pages.createContext("/", this::page);
    secret.createContext("/", this::tell);
    pages.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    secret.setExecutor(pages.getExecutor());
    pages.start();
    secret.start();
  }

  int port() {
    return pages.getAddress().getPort();
  }

  String url(String path) {
    return "http://page.test:" + port() + path;
  }

  private void tell(HttpExchange exchange) throws IOException {
    secretsTold.add(exchange.getRequestURI().toString());
    send(exchange, 200, "secret");
  }

  private void page(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    switch (exchange.getRequestURI().getPath()) {
      case "/hello" ->
          send(
              exchange,
              200,
              "<title>Hello</title><p>plain text<script>document.body.append(innerWidth)</script>");
      case "/missing" ->
          send(
              exchange,
              404,
              "<script>alert(1);document.title='after'</script>not here<img src=/never>");
      case "/redirect" -> redirect(exchange, "/by-script");
      case "/to-metadata" -> redirect(exchange, "http://169.254.169.254/latest/meta-data/");
      case "/by-script" ->
          send(exchange, 200, "<script>location.replace('/hello')</script><p>before");
      case "/late" ->
          send(
              exchange,
              200,
              "<p>a<script>setTimeout(()=>{document.body.innerHTML='<b id=late>came</b>'},700)"
                  + "</script>");
      case "/endless" -> send(exchange, 200, "<title>Endless</title><img src=/never>text");
      case "/never" -> {
        awaitEnd();
        exchange.close();
      }
      case "/tall" -> send(exchange, 200, "<body style='margin:0'><div style='height:3000px'>t");
      case "/hostile" -> send(exchange, 200, hostile());
      default -> send(exchange, 404, "");
    }
  }

  /** Every way that a page could try; it says so when all of them ended. */
  private String hostile() {
    return """
    <title>hostile</title>
    <iframe src="http://127.0.0.1:PORT/iframe"></iframe>
    <img src="http://[::ffff:127.0.0.1]:PORT/mapped">
    <img src="http://2130706433:PORT/decimal">
    <img src="http://0177.0.0.1:PORT/octal">
    <img src="http://localhost:PORT/name">
    <script>
      const socket = new Promise(done => {
        const s = new WebSocket('ws://127.0.0.1:PORT/socket');
        s.onopen = s.onerror = done;
      });
      const fetched = fetch('http://127.0.0.1:PORT/fetch', {mode: 'no-cors'}).catch(e => e);
      const again = fetch('/again', {cache: 'no-store'}).then(r => r.text());
      const metadata = fetch('http://169.254.169.254/x', {mode: 'no-cors'}).catch(e => e);
      let rtc = Promise.resolve();
      try {
        const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:UDP'}]});
        peer.createDataChannel('x');
        rtc = peer.createOffer().then(o => peer.setLocalDescription(o))
          .then(() => new Promise(done => setTimeout(done, 500)));
      } catch (e) {}
      const loaded = new Promise(done => addEventListener('load', done));
      Promise.allSettled([socket, fetched, again, metadata, rtc, loaded]).then(all => {
        document.body.insertAdjacentHTML('beforeend', '<p id=done>' + all[2].value);
      });
    </script>
    """
        .replace("PORT", "" + port())
        .replace("UDP", "" + datagrams.getLocalPort());
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void send(HttpExchange exchange, int status, String html) throws IOException {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Whether anything came by UDP. */
  boolean gotDatagram() throws IOException {
    datagrams.setSoTimeout(50);
    try {
      datagrams.receive(new java.net.DatagramPacket(new byte[100], 100));
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    end.countDown();
    pages.stop(0);
    secret.stop(0);
    datagrams.close();
  }
}
