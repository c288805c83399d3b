using System.Text;

namespace Yardsticks;

/// <summary>The product's own answer, recorded by <c>curl -si</c>, sent again by nothing but Kestrel.</summary>
internal sealed class RecordedReply
{
    private const int CopiedCharacters = 32;

    // Kestrel writes these itself, or they belong to one connection.
    private static readonly HashSet<string> Kestrels =
        new(StringComparer.OrdinalIgnoreCase) { "Date", "Server", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive" };

    private readonly List<KeyValuePair<string, string>> headers;
    private readonly byte[] body;

    private RecordedReply(string file)
    {
        var parts = File.ReadAllText(file).Split("\r\n\r\n", 2);
        headers = [.. parts[0].Split("\r\n").Skip(1)
            .Select(line => line.Split(": ", 2))
            .Where(pair => pair.Length == 2 && !Kestrels.Contains(pair[0]))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
        body = Encoding.UTF8.GetBytes(parts[1]);
    }

    public static void Serve(WebApplication app, string file)
    {
        var reply = new RecordedReply(file);
        app.Run(reply.WriteAsync);
    }

    /// <summary>One outbound GET for each request, of the length that the standard third party's question has.</summary>
    public static void ServeAfterAsking(WebApplication app, string file, string url)
    {
        var reply = new RecordedReply(file);
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var filler = new string('a', CopiedCharacters);
        var question = new Uri($"{url}?access_token={filler}&open_id={filler}&timestamp=1700000000&sign={filler}");
        app.Run(async context =>
        {
            using var answer = await client.GetAsync(question, context.RequestAborted);
            answer.EnsureSuccessStatusCode();
            await reply.WriteAsync(context);
        });
    }

    private Task WriteAsync(HttpContext context)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
