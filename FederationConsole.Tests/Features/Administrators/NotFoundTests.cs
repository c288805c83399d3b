using System.Net;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>An address that nothing takes.</summary>
public sealed class NotFoundTests
{
    [Fact]
    public async Task A_person_gets_a_page_and_a_program_the_bare_status()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        var (_, form) = await browser.GetAsync("/account/sign-in");
        await browser.SubmitAsync("/account/sign-in", form, new Dictionary<string, string> { ["Input.Email"] = AdminHost.OwnerEmail, ["Input.Password"] = AdminHost.OwnerPassword });

        var (page, _) = await browser.GetAsync("/nothing-here", accept: "text/html");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);

        var (bare, _) = await browser.GetAsync("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, bare.StatusCode);
        Assert.Equal(0, bare.Content.Headers.ContentLength);

        using var face = await admin.Host.Http.SendAsync(new(HttpMethod.Get, new Uri("/v2/nothing", UriKind.Relative)) { Headers = { { "Accept", "text/html" } } });
        Assert.StartsWith("{\"error\"", await face.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
