using Yardsticks;

// What the product is measured beside (spec: quality.md, "Speed"). One yardstick a process:
//   Yardsticks bytes    REPLY        answers every request with the recorded reply
//   Yardsticks outbound REPLY URL    the same, after one GET of URL?access_token=...
//   Yardsticks hub               a SignalR hub whose clients are idle
//   Yardsticks row      DATABASE     one durable row by EF Core, one transaction each, behind a lock
// REPLY is a file as `curl -si` writes it. The address is ASPNETCORE_URLS.
var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (args is ["hub"])
{
    builder.Services.AddSignalR();
}

var app = builder.Build();

switch (args)
{
    case ["bytes", var reply]:
        RecordedReply.Serve(app, reply);
        break;
    case ["outbound", var reply, var url]:
        RecordedReply.ServeAfterAsking(app, reply, url);
        break;
    case ["row", var database]:
        await DurableRow.ServeAsync(app, database);
        break;
    case ["hub"]:
        app.MapHub<IdleHub>("/hubs/scan");
        break;
    default:
        await Console.Error.WriteLineAsync("usage: Yardsticks bytes REPLY | outbound REPLY URL | row DATABASE | hub");
        return 2;
}

await app.RunAsync();
return 0;
