using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.Verifications;

public sealed class RestartTests
{
    private const string Corp = "cafe000000000002";

    private static async Task<int> SendAsync(ProductProcess product, string path, object body)
    {
        using var reply = await product.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return reply.StatusCode == HttpStatusCode.OK ? 0 : (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetInt32();
    }

    /// <summary>Codes, their tries, captchas owed and money spent: a kill and a start later all are as they were.</summary>
    [Theory, BothDatabases]
    public async Task A_restart_forgets_nothing(DatabaseKind kind)
    {
        await using var gateway = await MessageGateway.StartAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("fc-seed-").FullName, "seed.json");
        await File.WriteAllTextAsync(file, $$"""
            {"projects":[{"code":"codes","name":"验证码","environments":{"development":{"corpId":"{{Corp}}",
              "policies":{"smsPriceFen":10,"smsBudgetFen":40},"sms":{"provider":"http","url":"{{gateway.Url}}/","token":"t"} } } }]}
            """);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var product = await ProductProcess.StartAsync(database, new Dictionary<string, string> { ["Seed:Files:0"] = file });
        var who = new { corp_id = Corp, phone = "13838383388" };
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(0, await SendAsync(product, "/v2/user_register/verifycode", who));
        }

        var code = JsonDocument.Parse(gateway.Calls.Last().Body).RootElement.GetProperty("code").GetString()!;
        object Registration(string typed) => new { corp_id = Corp, phone = "13838383388", verifycode = typed, password = "Abcdefg1" };
        for (var tried = 0; tried < 4; tried++)
        {
            Assert.Equal(4001004, await SendAsync(product, "/v2/user_register", Registration(code.Other())));
        }

        product.Kill();
        await product.StartAgainAsync();

        // The fourth code of this phone owes a captcha; the budget has room for one more message, and then for none.
        Assert.Equal(4001154, await SendAsync(product, "/v2/user_register/verifycode", who));
        Assert.Equal(0, await SendAsync(product, "/v2/user_register/verifycode", new { corp_id = Corp, phone = "13838383389" }));
        Assert.Equal(4001052, await SendAsync(product, "/v2/user_register/verifycode", new { corp_id = Corp, phone = "13838383390" }));
        // The fifth try is the last, and right.
        Assert.Equal(0, await SendAsync(product, "/v2/user_register", Registration(code)));
        Assert.Equal(4001003, await SendAsync(product, "/v2/user_register", Registration(code)));
    }
}
