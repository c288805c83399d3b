using System.Text.Json;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>README, "A first login in three lines", with the demo project as it is shipped.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public async Task The_three_lines_of_README_work_on_whatever_port_the_host_listens()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions());
        Assert.NotEqual(5080, host.Address.Port);

        var identity = await PostAsync(host, "/sandbox/standard/issue", """{"nickname":"小明"}""");
        var claim = new { source = 10, corp_id = "1007d2ad1f8c4e00", open_id = identity.GetProperty("open_id").GetString(), access_token = identity.GetProperty("access_token").GetString() };
        var session = await PostAsync(host, "/v2/user_auth_third", JsonSerializer.Serialize(claim));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v2/user/{session.GetProperty("user_id")}", UriKind.Relative))
        {
            Headers = { { "Access-Token", session.GetProperty("access_token").GetString() } },
        };
        using var profile = await host.Http.SendAsync(request);

        Assert.Contains("\"nickname\":\"小明\"", await profile.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostAsync(TestHost host, string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonElement.Parse(text);
    }
}
