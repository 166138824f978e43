// A receiver of leifeng's webhooks. Run: SECRET=whsec_… PORT=8080 java Receiver.java
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
    public static void main(String[] args) throws Exception {
        byte[] key = Base64.getDecoder().decode(System.getenv("SECRET").replace("whsec_", ""));
        Set<String> seen = ConcurrentHashMap.newKeySet(); // Keep the ids of a week in your database instead.
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            int status = 401;
            try {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                mac.update((id + "." + timestamp + ".").getBytes("UTF-8"));
                String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
                boolean isRecent = Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) < 300;
                for (String one : exchange.getRequestHeaders().getFirst("webhook-signature").split(" "))
                    if (isRecent && MessageDigest.isEqual(one.getBytes(), expected.getBytes())) status = 204;
                if (status == 204 && seen.add(id)) System.out.println(new String(body, "UTF-8")); // Your work: quick, or queued.
            } catch (Exception refused) {
                status = 401;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }
}
