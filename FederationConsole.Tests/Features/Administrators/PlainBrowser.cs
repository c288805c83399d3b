using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>A browser without scripts: keeps cookies, follows no redirect, fills the form that it was given.</summary>
internal sealed class PlainBrowser(TestHost host) : IDisposable
{
    private readonly HttpClient _http = host.NewClient();
    private readonly Dictionary<string, string> _cookies = [];

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public async Task<(HttpResponseMessage Answer, IHtmlDocument Page)> GetAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await SendAsync(request);
    }

    /// <summary>Sends the page's form with its hidden fields, as a click on its button would.</summary>
    public async Task<(HttpResponseMessage Answer, IHtmlDocument Page)> SubmitAsync(
        string path, IHtmlDocument page, IReadOnlyDictionary<string, string> fields, bool withToken = true)
    {
        var hidden = page.QuerySelectorAll("form[method=post] input[type=hidden]").OfType<IHtmlInputElement>()
            .Where(i => withToken || i.Name != "__RequestVerificationToken")
            .ToDictionary(i => i.Name!, i => i.Value);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([.. hidden, .. fields]) };
        return await SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpResponseMessage Answer, IHtmlDocument Page)> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        var answer = await _http.SendAsync(request);
        foreach (var pair in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0].Split('=', 2)) : [])
        {
            if (pair[1].Length == 0)
            {
                _cookies.Remove(pair[0]);
            }
            else
            {
                _cookies[pair[0]] = pair[1];
            }
        }

        return (answer, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
    }
}
