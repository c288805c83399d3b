using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Receivers of events, their deliveries, and the traces of logins.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000004_Events")]
internal sealed class Events : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("RoutedAt", "OutboxEvents", nullable: true);

        migrationBuilder.CreateTable(
            name: "EventReceivers",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Url = table.Column<string>(maxLength: 2048, nullable: false),
                Secret = table.Column<string>(nullable: false),
                Events = table.Column<string>(nullable: false),
                Enabled = table.Column<bool>(nullable: false),
                Since = table.Column<long>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_EventReceivers", row => row.Id);
                table.ForeignKey("FK_EventReceivers_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "EventDeliveries",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                ReceiverId = table.Column<long>(nullable: false),
                EventId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                Type = table.Column<string>(maxLength: 64, nullable: false),
                State = table.Column<int>(nullable: false),
                Step = table.Column<int>(nullable: false),
                DueAt = table.Column<long>(nullable: false),
                ClaimId = table.Column<long>(nullable: false),
                Tries = table.Column<int>(nullable: false),
                Status = table.Column<int>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_EventDeliveries", row => row.Id));

        migrationBuilder.CreateTable(
            name: "EventTries",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                DeliveryId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                Milliseconds = table.Column<int>(nullable: false),
                Status = table.Column<int>(nullable: true),
                Failure = table.Column<string>(maxLength: 32, nullable: true),
                Excerpt = table.Column<string>(maxLength: 300, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_EventTries", row => row.Id);
                table.ForeignKey("FK_EventTries_EventDeliveries_DeliveryId", row => row.DeliveryId, "EventDeliveries", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "SignInTraces",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                RequestId = table.Column<string>(maxLength: 64, nullable: false),
                Call = table.Column<int>(nullable: false),
                Source = table.Column<int>(nullable: false),
                AppKey = table.Column<string>(maxLength: 64, nullable: true),
                OpenId = table.Column<string>(maxLength: 128, nullable: true),
                UserId = table.Column<long>(nullable: false),
                Fault = table.Column<string>(maxLength: 32, nullable: true),
                Answer = table.Column<int>(nullable: false),
                Code = table.Column<string>(maxLength: 64, nullable: true),
                Detail = table.Column<string>(maxLength: 200, nullable: true),
                AskedMilliseconds = table.Column<int>(nullable: false),
                Milliseconds = table.Column<int>(nullable: false),
                Address = table.Column<string>(maxLength: 64, nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_SignInTraces", row => row.Id));

        const string waiting = "\"State\" = 1";
        migrationBuilder.CreateIndex("IX_EventDeliveries_Before", "EventDeliveries", ["ReceiverId", "UserId", "EventId"], filter: waiting);
        migrationBuilder.CreateIndex("IX_EventDeliveries_Due", "EventDeliveries", ["ReceiverId", "DueAt"], filter: waiting);
        migrationBuilder.CreateIndex("IX_EventDeliveries_EnvironmentId_Id", "EventDeliveries", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_EventDeliveries_EnvironmentId_UserId_Id", "EventDeliveries", ["EnvironmentId", "UserId", "Id"]);
        migrationBuilder.CreateIndex("IX_EventDeliveries_EventId_ReceiverId", "EventDeliveries", ["EventId", "ReceiverId"], unique: true);
        migrationBuilder.CreateIndex("IX_EventDeliveries_Parked", "EventDeliveries", ["EnvironmentId", "Id"], filter: "\"State\" = 3");
        migrationBuilder.CreateIndex("IX_EventDeliveries_Waiting", "EventDeliveries", ["EnvironmentId", "Id"], filter: waiting);
        migrationBuilder.CreateIndex("IX_EventReceivers_EnvironmentId", "EventReceivers", "EnvironmentId");
        migrationBuilder.CreateIndex("IX_EventTries_DeliveryId", "EventTries", "DeliveryId");
        migrationBuilder.CreateIndex("IX_OutboxEvents_Unrouted", "OutboxEvents", ["EnvironmentId", "Id"], filter: "\"RoutedAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_SignInTraces_EnvironmentId_Id", "SignInTraces", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_SignInTraces_EnvironmentId_OpenId_Id", "SignInTraces", ["EnvironmentId", "OpenId", "Id"], filter: "\"UserId\" = 0");
        migrationBuilder.CreateIndex("IX_SignInTraces_EnvironmentId_RequestId", "SignInTraces", ["EnvironmentId", "RequestId"]);
        migrationBuilder.CreateIndex("IX_SignInTraces_EnvironmentId_UserId_Id", "SignInTraces", ["EnvironmentId", "UserId", "Id"], filter: "\"UserId\" <> 0");
    }
}
