using System.Text;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>Asks a vendor as the platform does, and keeps every answer.</summary>
internal sealed class ConformanceTalk(OutboundCalls calls, ConformanceSetup setup, CancellationToken cancellation)
{
    private readonly List<ConformanceAnswer> _answers = [];

    public IReadOnlyList<ConformanceAnswer> Answers => _answers;

    /// <summary>第二步, with a code or a refresh token.</summary>
    /// <param name="step">Key of the step's name (<see cref="ConformanceTexts"/>).</param>
    public Task<ConformanceAnswer> TokenAsync(string step, string grantType, string parameter, string value, string? secret = null) => AskAsync(
        step, setup.ByGet ? HttpMethod.Get : HttpMethod.Post, setup.TokenUrl,
        ("grant_type", grantType), ("client_id", setup.ClientId), ("client_secret", secret ?? setup.ClientSecret), (parameter, value));

    /// <summary>第三步.</summary>
    public Task<ConformanceAnswer> UserInfoAsync(string step, string accessToken, string openId) =>
        AskAsync(step, HttpMethod.Post, setup.UserInfoUrl, ("access_token", accessToken), ("openid", openId));

    private async Task<ConformanceAnswer> AskAsync(string step, HttpMethod method, Uri address, params (string Field, string Value)[] parameters)
    {
        var encoded = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(setup.Name(p.Field))}={Uri.EscapeDataString(p.Value)}"));
        var isGet = method == HttpMethod.Get;
        var request = new OutboundRequest(setup.Partition, method, isGet ? new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{encoded}" : encoded }.Uri : address)
        {
            Content = isGet ? null : new StringContent(encoded, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        var answer = new ConformanceAnswer(setup, ConformanceTexts.Get("Step_" + step), await calls.SendAsync(request, cancellation));
        _answers.Add(answer);
        return answer;
    }
}
