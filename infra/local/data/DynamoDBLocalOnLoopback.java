import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * Starts Amazon DynamoDB Local. Arguments: data folder, port (0: any free one).
 *
 * Five differences from its own main: it listens on 127.0.0.1 only (its own main listens on every
 * interface); it answers no page of a browser (its own main answers the pages of every site); it
 * prints "listening PORT" once the data file is open; it exits when its standard input closes, also
 * during the start, so that a killed host leaves no JVM that holds the data file; and it answers a
 * transaction only after the commit. Telemetry is not configured, so none is sent.
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

  /**
   * Refuses what a page of another site sends: directly it has that site's Origin, and through a name
   * that resolves to this machine it has that name as Host. Programs send no Origin.
   */
  private static final class ForPrograms extends Handler.Wrapper {
    ForPrograms(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      HttpFields headers = request.getHeaders();
      String host = headers.get(HttpHeader.HOST);
      boolean isFromHere = host != null && host.matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
      if (isFromHere && !headers.contains(HttpHeader.ORIGIN))
        return super.handle(request, response, callback);
      Response.writeError(request, response, callback, 403);
      return true;
    }
  }

  /** Exits at once, because everything answered is committed. */
  private static void exitWithTheHost() {
    try {
      while (System.in.read() >= 0) {
        // Input is ignored; only its end matters.
      }
    } catch (IOException closed) {
      // A failed read counts as the end.
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

  /** Fails early, because the database would retry for ever to open a file that cannot be opened. */
  private static void requireWritable(File file) throws SQLiteException {
    SQLiteConnection connection = new SQLiteConnection(file).open(true);
    connection.setBusyTimeout(5000);
    connection.exec("begin immediate; rollback");
    connection.dispose();
  }

  private static void serve(String folder, int port) throws Exception {
    LocalDynamoDBRequestHandler requests =
        new LocalDynamoDBRequestHandler(0, false, folder, true, false);
    // The handler would create its own database at the first request, so it gets ours first.
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
    server.setHandler(new ForPrograms(new LocalDynamoDBServerHandler(requests, null)));
    server.start();
    System.out.println("listening " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
  }
}
