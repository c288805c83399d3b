using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FederationConsole.Tests.Support;
using Npgsql;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>Two nodes on one PostgreSQL: a page at one, the phone at the other. One story, because starting them is what takes time.</summary>
public sealed class ScanNodesTests
{
    [Fact]
    public async Task Two_nodes_are_one_and_neither_is_missed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.PostgreSql);
        var settings = new Dictionary<string, string> { ["Seed:Files:0"] = "seeds/demo.json" };
        await using var one = await ProductProcess.StartAsync(database, settings);
        await using var other = await ProductProcess.StartAsync(database, settings);

        // Shown by one, scanned and confirmed at the other: the socket and the long poll at the first are told at once.
        var code = await OpenAsync(one);
        await using (var hub = await HubClient.ConnectAsync(one.Address))
        {
            await hub.WatchAsync(code);
            await hub.StateAsync();
            var poll = StateAsync(one, code, last: 101);
            var phone = await SignInAsync(other, code);
            var ask = await LookAsync(other, code, phone);
            var scanned = await hub.StateAsync();
            Assert.Equal(102, scanned.GetProperty("code").GetInt32());
            Assert.Equal(102, (await poll).GetProperty("code").GetInt32());

            await ConfirmAsync(other, code, phone, ask, scanned);
            var confirmed = await hub.StateAsync();
            Assert.Equal(1, confirmed.GetProperty("code").GetInt32());
            await AssertRedeemsAsync(other, confirmed);
        }

        // What happens while one cannot hear the other reaches its page once it can.
        code = await OpenAsync(one);
        var session = await SignInAsync(other, code);
        await using (var hub = await HubClient.ConnectAsync(one.Address))
        {
            await hub.WatchAsync(code);
            await hub.StateAsync();
            await using (await CutOffAsync(database, node: 0))
            {
                await LookAsync(other, code, session);
            }

            Assert.Equal(102, (await hub.StateAsync()).GetProperty("code").GetInt32());
        }

        // Page and phone are both at one; it dies after the scan. They go on at the other as if nothing had happened.
        code = await OpenAsync(one);
        session = await SignInAsync(one, code);
        var seen = await LookAsync(one, code, session);
        one.Kill();
        var now = await StateAsync(other, code);
        Assert.Equal(102, now.GetProperty("code").GetInt32());
        await ConfirmAsync(other, code, session, seen, now);
        await AssertRedeemsAsync(other, await StateAsync(other, code, last: 102));
    }

    /// <summary>The node hears nothing of the others, and cannot connect anew, until this is disposed of.</summary>
    private static async Task<IAsyncDisposable> CutOffAsync(TestDatabase database, int node)
    {
        var name = new NpgsqlConnectionStringBuilder(database.Settings["Database:ConnectionString"]).Database;
        await AdminAsync(database, $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        // Its number is a lock of the connection that listens.
        await AdminAsync(database, $"""
            SELECT 1 / count(*) FROM (SELECT pg_terminate_backend(pid, 5000) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE d.datname = '{name}' AND l.locktype = 'advisory' AND l.classid = {0x4643} AND l.objid = {node}) ended
            """);
        return new Restore(() => AdminAsync(database, $"ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    }

    private static async Task AdminAsync(TestDatabase database, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.Settings["Database:ConnectionString"]) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // No value from outside.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<Code> OpenAsync(ProductProcess node)
    {
        var redirect = Uri.EscapeDataString("http://127.0.0.1:9000/callback");
        var page = await node.Http.GetStringAsync(new Uri($"/api/connect/qrlogin?app_id=demo-shop-dev&redirect_uri={redirect}", UriKind.Relative));
        var root = new HtmlParser().ParseDocument(page).GetElementById("scan")!;
        return new(root.GetAttribute("data-ticket")!, root.GetAttribute("data-secret")!);
    }

    private static async Task<JsonElement> StateAsync(ProductProcess node, Code code, int last = 0)
    {
        var answer = await node.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/connect/qrlogin/state?ticket={code.Ticket}&secret={code.Secret}&last={last}", UriKind.Relative));
        Assert.Equal(1, answer.GetProperty("success").GetInt32());
        return answer.GetProperty("data");
    }

    /// <summary>Answers the cookie.</summary>
    private static async Task<string> SignInAsync(ProductProcess node, Code code)
    {
        using var answer = await SendAsync(node, $"/m/scan/{code.Ticket}/sandbox", null, new() { ["nickname"] = "Ming" });
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<IHtmlDocument> LookAsync(ProductProcess node, Code code, string cookie)
    {
        using var answer = await SendAsync(node, $"/m/scan/{code.Ticket}", cookie, null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static async Task ConfirmAsync(ProductProcess node, Code code, string cookie, IHtmlDocument ask, JsonElement scanned)
    {
        var key = ask.QuerySelector("input[name=key]")!.GetAttribute("value")!;
        using var answer = await SendAsync(
            node, $"/m/scan/{code.Ticket}", cookie, new() { ["decision"] = "confirm", ["key"] = key, ["number"] = scanned.GetProperty("number").GetString()! });
        Assert.Contains("已确认登录", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertRedeemsAsync(ProductProcess node, JsonElement confirmed)
    {
        using var answer = await SendAsync(node, "/api/connect/get-access-token", null, new()
        {
            ["app_id"] = "demo-shop-dev", ["app_secret"] = "demo-shop-dev-secret", ["auth_code"] = confirmed.GetProperty("auth_code").GetString()!,
        });
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("success").GetInt32());
    }

    private static async Task<HttpResponseMessage> SendAsync(ProductProcess node, string path, string? cookie, Dictionary<string, string>? form)
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path, UriKind.Relative));
        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(form);
            request.Headers.Add("Origin", node.Address.GetLeftPart(UriPartial.Authority));
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await node.Http.SendAsync(request);
    }

    private sealed class Restore(Func<Task> restore) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(restore());
    }
}
