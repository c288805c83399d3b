using System.Text.Json;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Support;

/// <summary>What an app's own server does: it has a secret, buys a token with it, and calls.</summary>
internal static class AppServers
{
    /// <summary>A new secret of the app with this key.</summary>
    public static async Task<(string Secret, Func<Task> RetireAsync)> NewSecretAsync(this World world, string appKey)
    {
        var (service, project) = (world.Get<AppService>(), world.Development.ProjectId);
        var credential = World.Value(await service.ListAsync(Actor.Host, project)).SelectMany(a => a.Credentials).Single(c => c.AppKey == appKey);
        var secret = World.Value(await service.AddSecretAsync(Actor.Host, project, credential.Id));
        var id = World.Value(await service.ListAsync(Actor.Host, project)).SelectMany(a => a.Credentials).Single(c => c.AppKey == appKey)
            .Secrets.Single(s => secret.EndsWith(s.Hint, StringComparison.Ordinal)).Id;
        return (secret, async () => World.Done(await service.RetireSecretAsync(Actor.Host, project, credential.Id, id)));
    }

    /// <summary>A token of the app itself, bought at <c>/connect/token</c>.</summary>
    public static async Task<string> AppTokenAsync(this World world, string appKey)
    {
        var (secret, _) = await world.NewSecretAsync(appKey);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = appKey, ["client_secret"] = secret });
        using var reply = await world.Host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("access_token").GetString()!;
    }

    /// <summary>A call with <c>Authorization: Bearer</c>; null sends no such header.</summary>
    public static async Task<Answer> AskAsync(this World world, string path, string? bearer, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        var reply = await world.Host.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return new(reply.StatusCode, text, JsonElement.Parse(text), reply);
    }
}
