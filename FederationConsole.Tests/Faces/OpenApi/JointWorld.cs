using System.Net;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.OpenApi;

/// <summary>Seed 000 as an organiser's server and a browser speak it.</summary>
internal static class JointWorld
{
    public const string Site = "https://meeting.example.com/app/";

    public static Task<Answer> CreateAsync(this World world, string? token, object body) => world.CallAsync("/op/userresource/AccountUser/v1/createForClient", body, token);

    public static async Task<Answer> CallAsync(this World world, string path, object body, string? token = null, string? origin = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in new[] { ("Authorization", token is null ? null : "Bearer " + token), ("Origin", origin), ("Accept-Language", language) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var reply = await world.Host.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return new(reply.StatusCode, text, JsonElement.Parse(text), reply);
    }

    /// <summary>A person whom the organiser made, by account name.</summary>
    public static async Task<string> AccountAsync(this World world, string token, string name = "ming") =>
        (await world.CreateAsync(token, new { accountName = name })).Json.GetProperty("returnObj").GetProperty("accountId").GetString()!;

    public static async Task<string> UserCodeAsync(this World world, string token, string account) =>
        (await world.AskAsync("/op/security/usercode?loginUserId=" + account, token)).Json.GetProperty("data").GetString()!;

    public static Task<Answer> AutoLoginAsync(this World world, string uid, string code, string returl = Site, string? tokenIn = null) =>
        world.CallAsync("/op/security/autologin", new { uid, code, returl, tokenIn });

    public static async Task AllowReturnAsync(this World world, params string[] urls)
    {
        foreach (var environment in new[] { world.Development, world.Production })
        {
            var list = World.Value(await world.Get<ReturnAddresses>().ReadAsync(Actor.Host, environment.Id));
            World.Done(await world.Get<ReturnAddresses>().SetAsync(Actor.Host, environment.Id, urls, list.Version));
        }
    }

    public static int Business(this Answer answer) => answer.Json.GetProperty("businessCode").GetInt32();

    public static string Says(this Answer answer) => answer.Json.GetProperty("businessMessage").GetString()!;

    public static string Data(this Answer answer, string name) => answer.Json.GetProperty("data").GetProperty(name).GetString()!;

    public static string? Returned(this Answer answer, string name) => answer.Json.GetProperty("returnObj").GetProperty(name).GetString();

    public static void IsDone(this Answer answer) => Assert.True(answer.Status == HttpStatusCode.OK && answer.Business() == 0, answer.Text);
}
