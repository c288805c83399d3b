using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>A phone's browser: keeps its cookie and says where its forms stood.</summary>
internal sealed class PhoneBrowser(ScanWorld scan)
{
    public string? Cookie { get; set; }

    public string Origin { get; } = scan.World.Host.Address.GetLeftPart(UriPartial.Authority);

    /// <param name="site">Where the link stood, as browsers say it (Sec-Fetch-Site).</param>
    public Task<Page> GetAsync(Code code, string? language = null, string? site = null) =>
        scan.PageAsync(HttpMethod.Get, $"/m/scan/{code.Ticket}", null, language, Cookie, site: site);

    /// <param name="origin">Its own unless another is given; empty: none is sent.</param>
    public async Task<Page> PostAsync(Code code, string path, Dictionary<string, string> form, string? origin = null)
    {
        var page = await scan.PageAsync(HttpMethod.Post, $"/m/scan/{code.Ticket}{path}", form, null, Cookie, (origin ?? Origin) is { Length: > 0 } sent ? sent : null);
        if (page.Headers.TryGetValue("Set-Cookie", out var cookie))
        {
            Cookie = cookie.Split(';')[0] is var pair && pair.EndsWith('=') ? null : cookie.Split(';')[0];
        }

        return page;
    }

    /// <summary>Answers the page that asks.</summary>
    public async Task<Page> SignInAsync(Code code, string phone)
    {
        await PostAsync(code, "/password", new() { ["account"] = phone, ["password"] = People.Password });
        Assert.NotNull(Cookie);
        return await GetAsync(code);
    }

    public Task<Page> DecideAsync(Code code, Page ask, string decision, string? number)
    {
        var form = new Dictionary<string, string> { ["decision"] = decision, ["key"] = KeyOf(ask) };
        if (number is not null)
        {
            form["number"] = number;
        }

        return PostAsync(code, "", form);
    }

    public static string KeyOf(Page page) => page.Html.QuerySelector("input[name=key]")!.GetAttribute("value")!;
}

internal static class PhoneMessages
{
    /// <summary>The code that was sent: it leaves after the answer.</summary>
    public static async Task<string> CodeSentAsync(this ScanWorld scan, string target)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await scan.World.CodeAsync(target) is { } code)
            {
                return code;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("No code was sent.");
    }
}
