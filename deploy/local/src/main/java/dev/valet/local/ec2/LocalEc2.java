package dev.valet.local.ec2;

import dev.valet.local.ec2.action.Actions;
import dev.valet.local.ec2.chaos.Chaos;
import dev.valet.local.ec2.chaos.ChaosEndpoint;
import dev.valet.local.ec2.chaos.Holds;
import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.SpotNotices;
import dev.valet.local.ec2.metadata.IdentityKey;
import dev.valet.local.ec2.metadata.MetadataService;
import dev.valet.local.ec2.wire.Reply;
import dev.valet.local.ec2.wire.SignatureCheck;
import dev.valet.local.host.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A local EC2 at work. Closing it ends its machines and keeps its instances: the next one on the
 * same data folder boots them again, with the same ids, addresses and volumes.
 */
public final class LocalEc2 implements AutoCloseable {

  private static final String METADATA_PATH = "/imds";

  private final FileChannel lock;
  private final Fleet fleet;
  private final Front front;
  private final Holds holds = new Holds();
  private final SpotNotices notices = new SpotNotices();
  private final Operator operator;
  private final Chaos chaos;
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalEc2(LocalEc2Config config, FileChannel lock, Path folder) throws IOException {
    this.lock = lock;
    Catalogue catalogue = new Catalogue(config.account().region(), config.network());
    this.fleet =
        Fleet.restore(folder.resolve("journal.jsonl"), catalogue, config.timings(), config.clock());
    MetadataService metadata =
        new MetadataService(
            fleet, notices, config.account(), IdentityKey.in(folder), config.clock());
    this.front = Front.on(config.port());
    this.operator =
        new Operator(
            fleet,
            notices,
            config.room(),
            id -> URI.create(front.address() + METADATA_PATH + "/" + metadata.segment(id)),
            config.clock(),
            config.stepped());
    Actions actions = new Actions(fleet, config.account(), config.clock());
    this.chaos =
        new Chaos(
            fleet, operator, notices, config.clock(), holds, actions.names(), operator::nudge);
    SignatureCheck signatures = new SignatureCheck(config.account(), config.clock());
    QueryApi api = new QueryApi(signatures, actions, holds, operator::nudge);
    ChaosEndpoint control = new ChaosEndpoint(chaos, config.account());
    front
        .route("/", call -> ready.get() ? api.answer(call) : QueryApi.unavailable())
        .route("/chaos", call -> ready.get() ? control.answer(call) : starting())
        .route("/health", call -> ready.get() ? Reply.text(200, "ready\n") : starting())
        .route(
            METADATA_PATH,
            call ->
                metadata.answer(
                    call.method(), call.path().substring(METADATA_PATH.length()), call.headers()));
  }

  /**
   * Starts a local EC2. When this returns, all machines that were running are booted and calls are
   * answered.
   *
   * @throws IOException when the data folder is in use or damaged, or the port is taken
   */
  public static LocalEc2 start(LocalEc2Config config) throws IOException {
    // The journal holds user-data, and the volumes hold what the machines keep to themselves.
    Path folder = PrivateFiles.folder(config.data().toAbsolutePath().normalize().resolve("ec2"));
    LocalEc2 ec2 = create(config, lock(folder.resolve("lock")), folder);
    try {
      ec2.begin();
    } catch (RuntimeException e) {
      ec2.close();
      throw e;
    }
    return ec2;
  }

  private static LocalEc2 create(LocalEc2Config config, FileChannel lock, Path folder)
      throws IOException {
    try {
      return new LocalEc2(config, lock, folder);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another one in this very process: just as much in use.
    }
    channel.close();
    throw new IOException(
        file.getParent() + " is in use by another local EC2; stop that one first");
  }

  private void begin() {
    front.open();
    operator.begin();
    ready.set(true);
  }

  private static Reply starting() {
    return Reply.text(503, "starting\n");
  }

  /** Where the SDK finds it: the endpoint override. */
  public URI endpoint() {
    return front.address();
  }

  /** Faults on purpose. */
  public Chaos chaos() {
    return chaos;
  }

  /** In stepped time: does all that is due by the clock, and returns when it is done. */
  public void step() {
    operator.step();
  }

  /** Stops answering, shuts all machines down, and returns when they are off: 8 seconds at most. */
  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      holds.close();
      front.close();
      operator.end();
      fleet.close();
      lock.close();
    }
  }
}
