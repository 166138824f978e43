import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * Amazon DynamoDB Local, started the way a careful host needs it. Arguments: data folder, port (0:
 * any free one).
 *
 * Three differences from its own main: it listens on 127.0.0.1 only (its own main listens on every
 * interface), printing "listening PORT" once the data file is open; it exits when its standard input
 * closes, also while it starts, so that a killed host never leaves a JVM behind that holds the data
 * file; and it answers a transaction only when it is committed. Telemetry is never configured, so none is sent.
 *
 * The compiled classes are committed next to this file because a Java runtime has no compiler:
 * javac --release 17 -g:none -proc:none (a test compares the two).
 */
public final class DynamoDBLocalOnLoopback extends SQLiteDBAccess {
  private DynamoDBLocalOnLoopback(File file) {
    super(file);
  }

  /**
   * The original only queues the COMMIT and answers at once: a JVM killed in those milliseconds
   * loses an acknowledged transaction. The queue has one thread and is first in, first out, so an
   * empty job that has run means that the COMMIT before it has run.
   */
  @Override
  public void commitTransaction(String transactionId, byte[] signature) {
    super.commitTransaction(transactionId, signature);
    try {
      queue.execute(new Nothing()).get();
    } catch (Exception cause) {
      throw new IllegalStateException("the transaction's commit could not be awaited", cause);
    }
  }

  private static final class Nothing extends SQLiteJob<Void> {
    @Override
    protected Void job(SQLiteConnection connection) {
      return null;
    }
  }

  /** Whatever was answered is committed: there is nothing to wind up. */
  private static void exitWithTheHost() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said on standard input: only its end matters.
      }
    } catch (IOException closed) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  public static void main(String[] args) {
    new Thread(DynamoDBLocalOnLoopback::exitWithTheHost).start();
    try {
      serve(args[0], Integer.parseInt(args[1]));
    } catch (Throwable cause) {
      System.err.println("cannot start: " + cause.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  /** The database would try again for ever to open a file that cannot be opened. */
  private static void requireWritable(File file) throws SQLiteException {
    SQLiteConnection connection = new SQLiteConnection(file).open(true);
    connection.setBusyTimeout(5000);
    connection.exec("begin immediate; rollback");
    connection.dispose();
  }

  private static void serve(String folder, int port) throws Exception {
    LocalDynamoDBRequestHandler requests =
        new LocalDynamoDBRequestHandler(0, false, folder, true, false);
    // The handler would make its database by itself at the first request: put ours in its place.
    Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<String, Object> databases = (Map<String, Object>) field.get(requests);
    String name = "shared-local-instance";
    JobsRegister jobs = new JobsRegister(Executors.newFixedThreadPool(10), false);
    File file = new File(folder, name + LocalDynamoDBRequestHandler.DB_FILE_EXTENSION);
    requireWritable(file);
    databases.put(name, new LocalDBClient(new DynamoDBLocalOnLoopback(file), jobs));

    Server server = new Server(new InetSocketAddress("127.0.0.1", port));
    server.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.start();
    System.out.println("listening " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
  }
}
