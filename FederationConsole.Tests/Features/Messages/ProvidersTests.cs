using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.Messages;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.Messages;

/// <summary>Each provider as it is spoken to over the wire.</summary>
public sealed class ProvidersTests
{
    private const string Path = "/v2/user_register/verifycode";
    private const string Phone = "13838383388";

    private static Task<Outcome> SaveAsync(World world, MessageChannel channel, MessageProvider provider, Dictionary<string, string> settings, string? secret = null, string? value = null) =>
        world.Get<MessageService>().SaveAsync(Actor.Host, world.Development.Id, new(
            channel, provider, settings, secret is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { [secret] = value }, 0));

    private static async Task<MessageTrial> TryAsync(World world, MessageChannel channel, string target) =>
        World.Value(await world.Get<MessageService>().TryAsync(Actor.Host, world.Development.Id, channel, target, default));

    [Theory, BothDatabases]
    public async Task A_gateway_is_posted_a_signed_message_and_its_failure_is_ours(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var gateway = await MessageGateway.StartAsync();
        World.Done(await SaveAsync(world, MessageChannel.Sms, MessageProvider.Http, new() { ["url"] = gateway.Url + "/sms", ["text"] = "码 {code}/{minutes}" }, "token", "gateway-token"));

        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = Phone })).Status);
        Assert.True(gateway.Calls.TryDequeue(out var call));
        var message = JsonDocument.Parse(call!.Body).RootElement;
        var code = message.GetProperty("code").GetString();
        Assert.Equal(("POST", "/sms", "sms", "+86" + Phone, $"码 {code}/2"), (call.Method, call.Path, message.GetProperty("channel").GetString(), message.GetProperty("to").GetString(), message.GetProperty("text").GetString()));
        var signature = call.Headers["x-signature"].Split(',');
        byte[] text = [.. Encoding.UTF8.GetBytes(signature[0][2..] + "."), .. call.Body];
        var hash = HMACSHA256.HashData("gateway-token"u8.ToArray(), text);
        Assert.Equal("v1=" + Convert.ToHexStringLower(hash), signature[1]);
        Assert.Equal(world.Host.Time.GetUtcNow().ToUnixTimeSeconds(), long.Parse(signature[0][2..], CultureInfo.InvariantCulture));
        Assert.DoesNotContain(world.Host.Log.Lines, line => line.Contains("gateway-token", StringComparison.Ordinal) || line.Contains(code!, StringComparison.Ordinal));

        gateway.Answer = (503, "gateway-token is tired");
        var failed = await world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = Phone });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 5031001), (failed.Status, failed.Code));
        var trial = await TryAsync(world, MessageChannel.Sms, Phone);
        Assert.Equal("HTTP 503", Assert.IsType<Delivery.Refused>(trial.Result).Code);
        Assert.DoesNotContain("gateway-token", trial.Steps.Single().Request + trial.Steps.Single().Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alibaba_Cloud_is_asked_by_its_own_signature_and_its_codes_are_told()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var gateway = await MessageGateway.StartAsync();
        World.Done(await SaveAsync(world, MessageChannel.Sms, MessageProvider.Aliyun, new()
        {
            ["accessKeyId"] = "LTAI", ["signName"] = "物联云", ["templateCode"] = "SMS_1", ["apiBase"] = gateway.Url,
        }, "accessKeySecret", "aliyun-secret"));

        gateway.Answer = (200, """{"Code":"OK","Message":"OK","RequestId":"r","BizId":"b"}""");
        Assert.IsType<Delivery.Taken>((await TryAsync(world, MessageChannel.Sms, Phone)).Result);
        Assert.True(gateway.Calls.TryDequeue(out var call));
        var address = new Uri($"{gateway.Url}/{call!.Query}");
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        Assert.Equal((Phone, "物联云", "SMS_1", """{"code":"123456"}"""), (query["PhoneNumbers"], query["SignName"], query["TemplateCode"], query["TemplateParam"]));
        // Signed anew from what arrived: nothing on the way changed what was signed.
        var signed = AliyunSignature.Sign(
            new("LTAI", "aliyun-secret", "SendSms", "2017-05-25", DateTimeOffset.Parse(call.Headers["x-acs-date"], CultureInfo.InvariantCulture), call.Headers["x-acs-signature-nonce"]),
            call.Method, address, call.Body);
        Assert.Equal(signed[^1].Value, call.Headers["authorization"]);

        gateway.Answer = (200, """{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"触发小时级流控"}""");
        Assert.Equal("isv.BUSINESS_LIMIT_CONTROL", Assert.IsType<Delivery.Refused>((await TryAsync(world, MessageChannel.Sms, Phone)).Result).Code);
        gateway.Answer = (400, """{"Code":"SignatureDoesNotMatch","Message":"no"}""");
        var trial = await TryAsync(world, MessageChannel.Sms, Phone);
        Assert.Equal("SignatureDoesNotMatch", Assert.IsType<Delivery.Refused>(trial.Result).Code);
        Assert.DoesNotContain("Credential", trial.Steps.Single().Request, StringComparison.Ordinal);
        gateway.Answer = (200, "<html>");
        Assert.IsType<Delivery.NotAsked>((await TryAsync(world, MessageChannel.Sms, Phone)).Result);

        await TryAsync(world, MessageChannel.Sms, "+8613838383388");
        Assert.All(gateway.Calls, c => Assert.Contains($"PhoneNumbers={Phone}", c.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_server_is_signed_in_to_and_given_a_mail_that_nothing_can_break_out_of()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { RealTime = true });
        await using var server = new MailServer();
        var settings = new Dictionary<string, string>
        {
            ["host"] = "127.0.0.1", ["port"] = $"{server.Port}", ["security"] = "none", ["from"] = "no-reply@example.com", ["userName"] = "li",
            ["subject"] = "验证码 {code} 用于登录物联云平台的账号，请勿告诉他人，谢谢", ["text"] = ".{code}",
        };
        World.Done(await SaveAsync(world, MessageChannel.Mail, MessageProvider.Smtp, settings, "password", "secret"));

        var trial = await TryAsync(world, MessageChannel.Mail, "Li@Example.com");

        Assert.IsType<Delivery.Taken>(trial.Result);
        var lines = server.Lines.ToList();
        Assert.Contains("MAIL FROM:<no-reply@example.com>", lines);
        Assert.Contains("RCPT TO:<li@example.com>", lines);
        Assert.Contains("To: <li@example.com>", lines);
        Assert.All(lines, line => Assert.True(line.Length <= 78, line));
        var subject = string.Concat(lines.SkipWhile(l => !l.StartsWith("Subject: ", StringComparison.Ordinal)).TakeWhile((l, i) => i == 0 || l.StartsWith(' '))
            .Select(l => l.Split("=?utf-8?B?")[1].TrimEnd('=', '?') is var b ? Encoding.UTF8.GetString(Convert.FromBase64String(b.PadRight((b.Length + 3) / 4 * 4, '='))) : ""));
        Assert.Equal("验证码 123456 用于登录物联云平台的账号，请勿告诉他人，谢谢", subject);
        var body = lines[(lines.FindIndex(l => l.Length == 0) + 1)..lines.IndexOf(".")];
        Assert.Equal(".123456\r\n", Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body))));
        Assert.All(trial.Steps, step => Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("\0li\0secret")), step.Request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_server_that_refuses_is_silent_or_away_is_told_apart()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { RealTime = true, Settings = new Dictionary<string, string> { ["Outbound:Timeout"] = "00:00:01" } });
        var server = new MailServer();
        var settings = new Dictionary<string, string>
        {
            ["host"] = "127.0.0.1", ["port"] = $"{server.Port}", ["security"] = "none", ["from"] = "no-reply@example.com", ["userName"] = "li",
        };
        World.Done(await SaveAsync(world, MessageChannel.Mail, MessageProvider.Smtp, settings, "password", "wrong"));

        Assert.Equal("535", Assert.IsType<Delivery.Refused>((await TryAsync(world, MessageChannel.Mail, "li@example.com")).Result).Code);
        server.Silent = true;
        Assert.Equal(OutboundFailure.TimedOut, Assert.IsType<Delivery.NotAsked>((await TryAsync(world, MessageChannel.Mail, "li@example.com")).Result).Failure);
        await server.DisposeAsync();
        Assert.Equal(OutboundFailure.Unreachable, Assert.IsType<Delivery.NotAsked>((await TryAsync(world, MessageChannel.Mail, "li@example.com")).Result).Failure);
    }

    [Fact]
    public async Task A_mail_server_inside_is_not_connected_to()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { RealTime = true, Settings = new Dictionary<string, string> { ["Outbound:AllowPrivateNetworks"] = "false" } });
        World.Done(await SaveAsync(world, MessageChannel.Mail, MessageProvider.Smtp, new() { ["host"] = "localhost", ["from"] = "no-reply@example.com" }));

        Assert.Equal(OutboundFailure.AddressNotAllowed, Assert.IsType<Delivery.NotAsked>((await TryAsync(world, MessageChannel.Mail, "li@example.com")).Result).Failure);
    }
}
